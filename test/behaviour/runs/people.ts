/** Customers of several countries, and schedules. */
import { on } from "../scenario-of.ts";

export const until = (text: string) => ({ until: on(text) });
