/** `{ "path": "event.sku" }` in place of a value: the value is read when the component runs or the condition is evaluated. */
import * as z from "zod/mini";
import { fieldPath } from "../documents/vocabulary.ts";

export const pathValue = z
  .strictObject({ path: fieldPath("The path of the value to read") })
  .check(z.describe("The path of a value that is read when it is needed"));
export type PathValue = z.infer<typeof pathValue>;
