/** A rule that watches a customer: the shape that exit rules, goals and the branches of a `waitFor` share. */
import * as z from "zod";
import { eventName, eventPath, id } from "../documents/vocabulary.ts";
import { condition } from "./condition.ts";

export const rule = z.strictObject({
  id: id("Names the rule in reasons, counts and logs"),
  event: z.optional(eventName("Met by an event of this name. Absent: by any change of the customer")),
  where: condition.optional().meta({ description: "What must hold besides" }),
  key: z.optional(eventPath("The event's value here must equal the enrollment's key")),
});
export type Rule = z.infer<typeof rule>;
