/**
 * When a customer was last written to, by any journey: what frequency caps count. Kept in an item of its own, which
 * every claim changes, so that two journeys that send at once see each other. A message that was certainly not sent
 * does not count.
 */
import type { Time } from "../time/time.ts";

export interface Send {
  readonly messageId: string;
  readonly class: "marketing" | "transactional";
  readonly at: Time;
}

export interface SendLog {
  readonly customerId: string;
  /** The newest of each class, in order of time. */
  readonly sends: readonly Send[];
  readonly revision: number;
}

export function emptySendLog(customerId: string): SendLog {
  return { customerId, sends: [], revision: 0 };
}

/** So many messages a cap may allow; no more of a class are remembered. */
export const MOST_COUNTED = 50;

export function withSend(known: SendLog, send: Send): SendLog {
  const others = known.sends.filter(({ messageId }) => messageId !== send.messageId);
  const same = others.filter((other) => other.class === send.class).slice(1 - MOST_COUNTED);
  const sends = [...others.filter((other) => other.class !== send.class), ...same, send];
  return {
    ...known,
    sends: sends.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    revision: known.revision + 1,
  };
}

/** The same when the message was not among them. */
export function withoutSend(known: SendLog, messageId: string): SendLog {
  const sends = known.sends.filter((send) => send.messageId !== messageId);
  return sends.length === known.sends.length ? known : { ...known, sends, revision: known.revision + 1 };
}
