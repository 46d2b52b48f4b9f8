/** The members that exit rules, goals and the branches of a `waitFor` share. */
import * as z from "zod/mini";
import { eventName, eventPath, id } from "../documents/vocabulary.ts";
import { condition } from "./condition.ts";

export const rule = z.strictObject({
  id: id("The id of the rule in reasons, counts and logs"),
  event: z.optional(eventName("An event of this name can meet the rule. Without it, any change of the customer can")),
  where: z.optional(condition).check(z.describe("A condition that must be true as well")),
  key: z.optional(eventPath("A path into the event. Its value must equal the enrollment's key")),
});
export type Rule = z.infer<typeof rule>;
