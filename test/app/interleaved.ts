/** An order that ends a journey, for the interleavings. */
import { on } from "../behaviour/scenario-of.ts";
import { handling } from "./every-order.ts";

export const order = handling("order", { time: on("01-05 10:01") });
