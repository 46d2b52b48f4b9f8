/**
 * The names of a journey's counters. The names are stored and printed as texts: `entered`, `exited.REASON`, `goal.ID`,
 * `component.ID.left.OUTCOME`, `message.ID.STATUS` and others. A reason may contain dots; an id may not.
 *
 * A new scope is one member of `Counter`. The compiler then names each place that must handle it.
 */
import type { EnrollmentStatus } from "../enrollment/enrollment.ts";
import type { Status } from "../messages/message-status.ts";
import { currentReason } from "../reasons/reason.ts";

export type Counter =
  | { readonly scope: "journey"; readonly count: "entered" | EnrollmentStatus }
  | { readonly scope: "ending"; readonly status: "exited" | "failed"; readonly reason: string }
  | { readonly scope: "goal"; readonly goalId: string }
  | { readonly scope: "component"; readonly componentId: string; readonly count: "entered" }
  | { readonly scope: "component"; readonly componentId: string; readonly count: "left"; readonly outcome: string }
  | { readonly scope: "message"; readonly componentId: string; readonly count: Status | "requested" | "unknown" }
  | { readonly scope: "message"; readonly componentId: string; readonly count: "skipped"; readonly reason: string }
  /**
   * A message that SES does not send. The counter `message` includes it; the circuit breaker uses the difference
   * between the two counters.
   */
  | { readonly scope: "byApp"; readonly componentId: string; readonly count: Judged }
  /** A value of a reserved attribute that could not be used. */
  | { readonly scope: "note"; readonly attribute: string; readonly reason: string }
  /** The counts of erased customers, whose logs no longer exist. */
  | { readonly scope: "erased"; readonly of: Counter };

/** The numbers from which the circuit breaker decides. */
export type Judged = Extract<Status, "sent" | "bounced" | "complained">;

export type CounterScope = Counter["scope"];
export type CounterOf<S extends CounterScope> = Extract<Counter, { scope: S }>;

interface Format<S extends CounterScope> {
  readonly words: (counter: CounterOf<S>) => readonly string[];
  /** Returns `undefined` for the words of another scope. */
  readonly read: (words: readonly string[]) => CounterOf<S> | undefined;
}

const formats: { readonly [S in CounterScope]: Format<S> } = {
  journey: {
    words: ({ count }) => [count],
    read: ([count, ...more]) => (isJourneyCount(count) && more.length === 0 ? { scope: "journey", count } : undefined),
  },
  ending: {
    words: ({ status, reason }) => [status, reason],
    read: ([status, ...reason]) =>
      (status === "exited" || status === "failed") && reason.length > 0
        ? { scope: "ending", status, reason: reason.join(".") }
        : undefined,
  },
  goal: {
    words: ({ goalId }) => ["goal", goalId],
    read: ([goal, goalId, ...more]) =>
      goal === "goal" && goalId !== undefined && more.length === 0 ? { scope: "goal", goalId } : undefined,
  },
  component: {
    words: (counter) => {
      const outcome = counter.count === "left" ? [counter.outcome] : [];
      return ["component", counter.componentId, counter.count, ...outcome];
    },
    read: ([component, componentId, count, ...outcome]) => {
      if (component !== "component" || componentId === undefined) return undefined;
      if (count === "entered" && outcome.length === 0) return { scope: "component", componentId, count };
      return count === "left" && outcome.length > 0
        ? { scope: "component", componentId, count, outcome: outcome.join(".") }
        : undefined;
    },
  },
  message: {
    words: (counter) => {
      const reason = counter.count === "skipped" ? [counter.reason] : [];
      return ["message", counter.componentId, counter.count, ...reason];
    },
    read: ([message, componentId, count, ...reason]) => {
      if (message !== "message" || componentId === undefined) return undefined;
      if (isMessageCount(count) && reason.length === 0) return { scope: "message", componentId, count };
      // Counters of an earlier release are read under the reason's code of today.
      return count === "skipped" && reason.length > 0
        ? { scope: "message", componentId, count, reason: currentReason(reason.join(".")) }
        : undefined;
    },
  },
  byApp: {
    words: ({ componentId, count }) => ["message", componentId, "byApp", count],
    read: ([message, componentId, byApp, count, ...more]) =>
      message === "message" && componentId !== undefined && byApp === "byApp" && isJudged(count) && more.length === 0
        ? { scope: "byApp", componentId, count }
        : undefined,
  },
  note: {
    words: ({ attribute, reason }) => ["note", attribute, reason],
    read: ([note, attribute, reason, ...more]) =>
      note === "note" && attribute !== undefined && reason !== undefined && more.length === 0
        ? { scope: "note", attribute, reason }
        : undefined,
  },
  erased: {
    words: ({ of }) => ["erased", counterName(of)],
    read: ([erased, ...words]) => {
      const of = erased === "erased" ? parseCounterName(words.join(".")) : undefined;
      return of && { scope: "erased", of };
    },
  },
};

export function counterName(counter: Counter): string {
  return (formats[counter.scope].words as (counter: Counter) => readonly string[])(counter).join(".");
}

/** Returns `undefined` for a text that is not a counter's name. */
export function parseCounterName(name: string): Counter | undefined {
  const words = name.split(".");
  for (const { read } of Object.values(formats)) {
    const counter = read(words);
    if (counter) return counter;
  }
  return undefined;
}

/** The name of the counter that keeps the share of erased customers in another counter. */
export function erasedName(name: string): string {
  return `erased.${name}`;
}

type JourneyCount = CounterOf<"journey">["count"];

const journeyCounts: Record<JourneyCount, true> = {
  entered: true,
  active: true,
  completed: true,
  exited: true,
  failed: true,
};

function isJourneyCount(text: string | undefined): text is JourneyCount {
  return text !== undefined && Object.hasOwn(journeyCounts, text);
}

type MessageCount = Exclude<CounterOf<"message">["count"], "skipped">;

const messageCounts: Record<MessageCount, true> = {
  sent: true,
  delivered: true,
  read: true,
  clicked: true,
  replied: true,
  bounced: true,
  complained: true,
  failed: true,
  requested: true,
  unknown: true,
};

function isMessageCount(text: string | undefined): text is MessageCount {
  return text !== undefined && Object.hasOwn(messageCounts, text);
}

const judged: Record<Judged, true> = { sent: true, bounced: true, complained: true };

export function isJudged(text: string | undefined): text is Judged {
  return text !== undefined && Object.hasOwn(judged, text);
}
