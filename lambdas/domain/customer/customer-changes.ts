/** The schema of the changes that apps make to a customer, and of a customer's id. */
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
 * The changes of a customer that an admin writes into a document; `reserved-attributes.ts` reads the changes that apps
 * send. `null` removes an attribute, and `tags` replaces the set. `topics` says for each topic whether the customer
 * wants its messages; a topic that it does not name stays unchanged.
 */
export const customerChanges = z.looseObject({
  email: z.nullish(z.string().check(z.minLength(1), z.maxLength(320))),
  phone: z.nullish(z.string().check(z.minLength(1), z.maxLength(64))),
  language: z.nullish(z.string().check(z.minLength(1), z.maxLength(64))),
  timezone: z.nullish(timezone),
  unsubscribed: z.nullish(z.boolean()),
  topics: z.nullish(z.record(id("A topic"), z.nullable(z.boolean()))),
  unsubscribedChannels: z.nullish(z.array(id("A channel")).check(z.maxLength(20))),
  tags: z.nullish(z.array(tag).check(z.maxLength(1000))),
}) as unknown as z.ZodMiniType<JsonObject>;
