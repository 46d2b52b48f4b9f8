/**
 * The log of the messages to one customer, by any journey. Frequency caps count it. The log is one item that every
 * claim writes. So when two journeys send at the same time, one write fails, and that journey decides again with the
 * other's message in the log. A message that was certainly not sent is not in it.
 */
import type { Time } from "../time/time.ts";

export interface Send {
  readonly messageId: string;
  readonly class: "marketing" | "transactional";
  readonly at: Time;
}

export interface SendLog {
  readonly customerId: string;
  /** The newest messages of each class, in order of time. */
  readonly sends: readonly Send[];
  readonly revision: number;
}

export function emptySendLog(customerId: string): SendLog {
  return { customerId, sends: [], revision: 0 };
}

/** The largest `max` of a cap. The log keeps no more messages of a class than this. */
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

/** Returns the same object when the log does not have the message. */
export function withoutSend(known: SendLog, messageId: string): SendLog {
  const sends = known.sends.filter((send) => send.messageId !== messageId);
  return sends.length === known.sends.length ? known : { ...known, sends, revision: known.revision + 1 };
}
