/**
 * The form of an archive: a file of JSON lines. The first line says what the archive covers. Each other line is one
 * customer with all their events and statuses, so that a reader needs one line at a time, and lines can be shared out
 * among cores.
 */
import * as z from "zod/mini";
import { customerId } from "../../lambdas/domain/customer/customer-changes.ts";
import { check, type Problem } from "../../lambdas/domain/documents/problem.ts";
import { id, jsonObject, moment } from "../../lambdas/domain/documents/vocabulary.ts";
import { statuses } from "../../lambdas/domain/messages/message-status.ts";
import { toTime } from "../../lambdas/domain/time/time.ts";
import type { Json } from "../../lambdas/domain/values/json.ts";

const json = z.unknown() as unknown as z.ZodMiniType<Json>;

const header = z.strictObject({
  archive: z.literal(1),
  from: moment,
  until: moment,
  /** Whether the archive has all attributes. Otherwise the archive has only attributes that name no person. */
  attributes: z.boolean(),
  /** The archive has about every Nth customer. Absent: all. */
  sample: z.optional(z.int().check(z.gte(2))),
});

const customer = z.strictObject({
  customerId,
  /** The attributes at the beginning, `tags` among them. Absent: nothing was stored about the customer then. */
  attributes: z.optional(jsonObject),
  /** Attributes that had a value at the beginning which is not stored any more. */
  unknown: z.optional(z.array(z.string())),
  /** Enrollments before the beginning, for entry rules. */
  entries: z.optional(
    z.array(
      z.strictObject({
        journeyId: id("A journey"),
        key: z.optional(json),
        count: z.int().check(z.gte(1)),
        lastEnteredAt: moment,
      }),
    ),
  ),
  events: z.optional(
    z.array(
      // The content is checked on delivery, as on the stack.
      z.strictObject({
        at: moment,
        event: z.string(),
        id: z.string(),
        time: z.optional(moment),
        data: z.optional(jsonObject),
        customer: z.optional(jsonObject),
      }),
    ),
  ),
  /** Each message that was really sent, with what its channel reported. */
  statuses: z.optional(
    z.array(
      z.strictObject({
        journeyId: id("A journey"),
        enrollmentId: z.string(),
        component: id("A component"),
        sentAt: moment,
        reported: z.partialRecord(z.enum(statuses), moment),
      }),
    ),
  ),
});

export type ArchiveHeader = z.infer<typeof header>;
export type ArchivedCustomer = z.infer<typeof customer>;
export type SentMessage = NonNullable<ArchivedCustomer["statuses"]>[number];

type Read<T> = { value: T } | { problems: readonly Problem[] };

export function readHeader(line: string): Read<ArchiveHeader> {
  const read = parsed(line, header);
  if ("problems" in read) return read;
  const { from, until, ...rest } = read.value;
  return { value: { ...rest, from: toTime(from) ?? from, until: toTime(until) ?? until } };
}

export const readCustomer = (line: string): Read<ArchivedCustomer> => parsed(line, customer);

function parsed<T>(line: string, form: z.ZodMiniType<T>): Read<T> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { problems: [{ path: "", code: "bad-json", message: "The line is not JSON." }] };
  }
  return check(form, value);
}
