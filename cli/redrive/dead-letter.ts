/** What lies in a dead-letter queue, told without what is personal: who, what, when, and why it is there. */
import * as z from "zod/mini";
import { claimOf } from "../../lambdas/adapters/message-tags.ts";

export interface DeadLetter {
  readonly messageId: string;
  readonly queue: string;
  /** The event's name, or SES's word for the report; `?` when the body is not what the bus delivers. */
  readonly what: string;
  readonly customerId?: string;
  /** Of a stream: the journey that was saved, and how many records there are. */
  readonly journeyId?: string;
  readonly records?: number;
  /** When it happened, as it says itself. */
  readonly time?: string;
  /** When it was put aside; a message that was moved keeps the time of its first queue. */
  readonly sentAt?: string;
  readonly reason: string;
  /** Whether replaying it can help without anything being mended first. */
  readonly rejected: boolean;
  /** Why a replay has left it where it is. */
  readonly stays?: string;
}

export interface Received {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly sentAt?: string | undefined;
}

const envelope = z.object({
  "detail-type": z.optional(z.string()),
  time: z.optional(z.string()),
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
  const { detail, time, "detail-type": name } = parsed.success ? parsed.data : {};
  const customerId = text(detail?.customerId) ?? claimOf(detail?.mail?.tags ?? {})?.customerId;
  const happened = text(detail?.time) ?? time;
  return {
    messageId,
    queue,
    what: name ?? "?",
    ...(customerId !== undefined && { customerId }),
    ...(happened !== undefined && { time: happened }),
    ...(sentAt !== undefined && { sentAt }),
    ...reasonOf(attributes),
  };
}

/** Put there by its function with a reason; by the bus, which says why; or by the queue after five tries. */
function reasonOf({ reason, ERROR_CODE, ERROR_MESSAGE }: Readonly<Record<string, string>>) {
  if (reason !== undefined) return { reason: reason.replaceAll("\n", "; "), rejected: true };
  if (ERROR_CODE !== undefined)
    return {
      reason: `the bus could not deliver it: ${[ERROR_CODE, ERROR_MESSAGE].filter(Boolean).join(": ")}`,
      rejected: false,
    };
  return { reason: "failed five times; the log of its function says how", rejected: false };
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
