/** A message in a dead-letter queue, summarized without personal data: customer id, event, time and reason. */
import * as z from "zod/mini";
import { claimOf } from "../../lambdas/adapters/message-tags.ts";
import type { Received } from "../dead-letter-queue.ts";

export interface DeadLetter {
  readonly messageId: string;
  readonly queue: string;
  /** The name of the event, SES's name of the report, or the work of a new status; `?` when the body is none of them. */
  readonly what: string;
  readonly customerId?: string;
  /** For stream records and status tasks: the journey. For a failed batch: the number of its stream records. */
  readonly journeyId?: string;
  readonly records?: number;
  /** The time of the event, from the event itself. */
  readonly time?: string;
  /** When the message was sent to a queue; a message that SQS moved keeps the time of its first queue. */
  readonly sentAt?: string;
  readonly reason: string;
  /**
   * Whether the function of the queue rejected the message. A replay of a rejected message fails again unless something
   * is fixed first.
   */
  readonly rejected: boolean;
  /** Why a replay did not remove the message. */
  readonly stays?: string;
}

const envelope = z.object({
  "detail-type": z.optional(z.string()),
  time: z.optional(z.string()),
  journeyId: z.optional(z.string()),
  work: z.optional(z.string()),
  since: z.optional(z.string()),
  detail: z.optional(
    z.object({
      customerId: z.optional(z.unknown()),
      time: z.optional(z.unknown()),
      eventType: z.optional(z.unknown()),
      mail: z.optional(z.object({ tags: z._default(z.record(z.string(), z.array(z.string())), {}) })),
    }),
  ),
});

export function deadLetterOf(queue: string, { messageId, body, attributes, sentAt }: Received): DeadLetter {
  const parsed = z.safeParse(envelope, parse(body));
  const { detail, since, time = since, "detail-type": name, work, journeyId } = parsed.success ? parsed.data : {};
  const customerId = text(detail?.customerId) ?? claimOf(detail?.mail?.tags ?? {})?.customerId;
  const happened = text(detail?.time) ?? time;
  return {
    messageId,
    queue,
    what: name ?? work ?? "?",
    ...(work !== undefined && journeyId !== undefined && { journeyId }),
    ...(customerId !== undefined && { customerId }),
    ...(happened !== undefined && { time: happened }),
    ...(sentAt !== undefined && { sentAt }),
    ...reasonOf(attributes),
  };
}

/**
 * A function adds a reason, and the bus an error code. If neither is present, the queue moved the message after five
 * tries.
 */
function reasonOf({ reason, ERROR_CODE, ERROR_MESSAGE }: Readonly<Record<string, string>>) {
  if (reason !== undefined) return { reason: reason.replaceAll("\n", "; "), rejected: true };
  if (ERROR_CODE !== undefined)
    return {
      reason: `the bus could not deliver it: ${[ERROR_CODE, ERROR_MESSAGE].filter(Boolean).join(": ")}`,
      rejected: false,
    };
  return { reason: "failed five times; see the log of its function", rejected: false };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
