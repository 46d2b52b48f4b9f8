/** What apps may say about a customer: the schema. */
import * as z from "zod/mini";
import { id, tag, timezone } from "../documents/vocabulary.ts";
import type { JsonObject } from "../values/json.ts";
import { isWithinBytes } from "../values/utf8.ts";

/** 1–128 printable characters, chosen by the app. */
export const customerId = z
  .string("customerId is missing or not a text. Say which customer it is about.")
  .check(
    z.refine(
      (id) => /^[^\p{C}]+$/u.test(id) && isWithinBytes(id, 128),
      "customerId must be 1–128 printable characters and at most 128 UTF-8 bytes.",
    ),
  );

/**
 * Changes of a customer as an event carries them: `null` removes, `tags` replaces the set. `topics` says of each topic
 * whether the customer wants to hear of it; those that it does not name stay as they are.
 */
export const customerChanges = z.looseObject({
  email: z.nullish(z.string().check(z.minLength(1), z.maxLength(320))),
  timezone: z.nullish(timezone),
  unsubscribed: z.nullish(z.boolean()),
  topics: z.nullish(z.record(id("A topic"), z.nullable(z.boolean()))),
  tags: z.nullish(z.array(tag).check(z.maxLength(1000))),
}) as unknown as z.ZodMiniType<JsonObject>;
