/** What was looked at, judged: is it well, what does it mean for customers, and which command puts it right. */
import { span } from "../draw/condition-text.ts";

export interface Observed {
  readonly queues: readonly {
    readonly name: string;
    readonly waiting: number;
    readonly inWork: number;
    readonly deadLetters: number;
  }[];
  /** Records of streams that were given up on. `more`: there are more than were counted. */
  readonly failures: Known<{ readonly count: number; readonly more: boolean }>;
  readonly alarms: Known<readonly { readonly name: string; readonly state: string; readonly text: string }[]>;
  /** In milliseconds, of the function that is behind most. */
  readonly iteratorAge: Known<number>;
  readonly reconcilerRan: Known<string>;
  readonly overdue: readonly { readonly journeyId: string; readonly count: number; readonly more: boolean }[];
  readonly rejected: readonly {
    readonly journeyId: string;
    readonly problems: readonly { readonly message: string }[];
  }[];
  /** Enrollments that failed, by journey and reason. */
  readonly failed: readonly { readonly journeyId: string; readonly reasons: Readonly<Record<string, number>> }[];
  readonly inside: number;
  readonly executions: Known<Executions>;
  readonly mail: Known<{
    readonly sandbox: boolean;
    readonly enabled: boolean;
    readonly enforcement?: string | undefined;
    readonly sentLastDay: number;
    readonly quota: number;
  }>;
}

export interface Executions {
  /** Those of the whole account and region, or of this stack only. */
  readonly of: "account" | "stack";
  readonly open: number;
  /** Whether there are more, which were not counted. */
  readonly more: boolean;
  readonly quota?: number | undefined;
}

/** `undefined`: nobody could say, because the service or the permission is not there. */
export type Known<T> = T | undefined;

export type State = "well" | "note" | "ill" | "not known";

export interface Finding {
  readonly area: string;
  readonly state: State;
  readonly what: string;
  /** Of what is not well. */
  readonly forCustomers?: string;
  readonly doFirst?: string;
}

/** The quota of open executions in an account and region, unless AWS says another: standard workflows only. */
const MOST_EXECUTIONS = 1_000_000;
const MANY_WAITING = 1_000;
const LATE_MILLISECONDS = 5 * 60_000;
/** How long after its time a step may be late before that is told: two runs of the reconciler. */
export const OVERDUE_AFTER = "PT10M";

const well = (area: string, what: string): Finding => ({ area, state: "well", what });
const unknown = (area: string, what: string): Finding => ({ area, state: "not known", what });

/** One row for each thing that is looked at; the order is that of the way of an event. */
const areas: readonly ((observed: Observed) => Finding[])[] = [
  ({ queues }) =>
    queues.flatMap(({ name, waiting, inWork, deadLetters }): Finding[] => [
      waiting > MANY_WAITING
        ? {
            area: `queue of ${name}`,
            state: "note",
            what: `${waiting} wait, ${inWork} are in work.`,
            forCustomers:
              name === "events"
                ? "they enter and leave journeys late."
                : "journeys learn late what became of messages.",
            doFirst:
              "look again in a minute; if it grows, read the function's log, and raise matcherConcurrency if it is merely busy.",
          }
        : well(`queue of ${name}`, `${waiting} wait, ${inWork} are in work.`),
      deadLetters > 0
        ? {
            area: `dead letters of ${name}`,
            state: "ill",
            what: `${deadLetters} ${deadLetters === 1 ? "was" : "were"} put aside.`,
            forCustomers:
              name === "events"
                ? "they did not enter, or did not leave, the journeys that these events are about."
                : "journeys take messages for unread that were read, and may write to addresses that bounce.",
            doFirst: "journeys redrive --list says why; then journeys redrive replays them.",
          }
        : well(`dead letters of ${name}`, "none."),
    ]),

  ({ failures }) => [
    failures === undefined
      ? unknown("records given up on", "the bucket for failures could not be read.")
      : failures.count === 0
        ? well("records given up on", "none in the last 14 days.")
        : {
            area: "records given up on",
            state: "ill",
            what: `${failures.count}${failures.more ? " or more" : ""} in the bucket for failures.`,
            forCustomers: "those concerned may stay in a journey that they should have left, or miss a goal.",
            doFirst:
              "read the log of exit-evaluator and mend it; any later change of these customers judges them anew. Then empty the bucket.",
          },
  ],

  ({ iteratorAge }) => [
    iteratorAge === undefined
      ? unknown("changes of customers", "how far behind they are handled is not known here.")
      : iteratorAge > LATE_MILLISECONDS
        ? {
            area: "changes of customers",
            state: "ill",
            what: `handled ${Math.round(iteratorAge / 60_000)} minutes late.`,
            forCustomers: "those who should have left a journey may get one more message of it.",
            doFirst: "read the log of exit-evaluator, and undo the last deployment if it began there.",
          }
        : well("changes of customers", `handled within ${Math.max(1, Math.ceil(iteratorAge / 1000))} s.`),
  ],

  ({ overdue, reconcilerRan }) => [
    ...overdue.map(
      ({ journeyId, count, more }): Finding => ({
        area: `overdue in ${journeyId}`,
        state: "ill",
        what: `${count}${more ? " or more" : ""} should have gone on more than ${span(OVERDUE_AFTER)} ago.`,
        forCustomers: "they stand still and get nothing.",
        doFirst:
          "the reconciler starts them again every 5 minutes. If their number does not fall, read the logs of reconciler and advance.",
      }),
    ),
    ...(overdue.length === 0 ? [well("overdue steps", "none.")] : []),
    reconcilerRan === undefined
      ? unknown("reconciler", "when it last ran is not known here.")
      : well("reconciler", `ran at ${reconcilerRan}.`),
  ],

  ({ rejected }) =>
    rejected.length === 0
      ? [well("saved journeys", "all as they were saved, or drafts.")]
      : rejected.map(({ journeyId, problems }) => ({
          area: `journey ${journeyId}`,
          state: "ill",
          what: `its last save was rejected: ${problems.map(({ message }) => message).join(" ")}`,
          forCustomers: "none: what was live stays live. The change is not.",
          doFirst: `journeys show ${journeyId}, mend the document, journeys publish it again.`,
        })),

  ({ failed }) =>
    failed.length === 0
      ? [well("failed enrollments", "none.")]
      : failed.map(({ journeyId, reasons }) => ({
          area: `failed in ${journeyId}`,
          state: "note",
          what: `${Object.entries(reasons)
            .map(([reason, count]) => `${reason} ${count}×`)
            .join(", ")} since the journey began.`,
          forCustomers: "they have left the journey and get no more of its messages.",
          doFirst: "read the log of advance; a new trigger event lets them in again where the entry rule allows it.",
        })),

  ({ inside, executions }) => {
    if (!executions) return [unknown("open executions", `${inside} customers are inside journeys, by the counters.`)];
    const { of, open, more, quota = MOST_EXECUTIONS } = executions;
    const what = `${open}${more ? " or more" : ""}, of a quota of ${quota}; ${inside} customers are inside journeys, by the counters.`;
    if (open > quota * 0.8)
      return [
        {
          area: "open executions",
          state: "ill",
          what,
          forCustomers: "past the quota nobody new goes on after entering.",
          doFirst: "ask AWS for a higher quota of open executions, or journeys stop ID one that nobody needs.",
        },
      ];
    if (of === "stack" && !more && open < inside)
      return [
        {
          area: "open executions",
          state: "note",
          what,
          forCustomers: `${inside - open} are inside without an execution that walks them; they may just have entered.`,
          doFirst:
            "look again in a minute. Who has lost their execution gets a new one from the reconciler when their next step is overdue; if it is the counters that are wrong, journeys recount ID.",
        },
      ];
    return [well("open executions", what)];
  },

  ({ alarms }) => {
    if (alarms === undefined) return [unknown("alarms", "they could not be read here.")];
    const ringing = alarms.filter(({ state }) => state === "ALARM");
    const silent = alarms.filter(({ state }) => state === "INSUFFICIENT_DATA").length;
    if (ringing.length > 0)
      return ringing.map(({ name, text }): Finding => ({ area: `alarm ${name}`, state: "ill", ...partsOf(text) }));
    const waiting = silent > 0 ? `, ${silent} of which have no data yet` : "";
    return [
      alarms.length === 0
        ? unknown("alarms", "the stack has none.")
        : well("alarms", `none of ${alarms.length} rings${waiting}.`),
    ];
  },

  ({ mail }) => {
    if (mail === undefined) return [unknown("email", "SES did not say how the account stands.")];
    const { sandbox, enabled, enforcement, sentLastDay, quota } = mail;
    const standing = enforcement === undefined || enforcement === "HEALTHY";
    const findings: Finding[] = [];
    if (!enabled || !standing)
      findings.push({
        area: "email",
        state: "ill",
        what: `SES ${enabled ? `has put the account under ${enforcement}` : "has paused sending"}.`,
        forCustomers: "they get no mail; transactional mail included.",
        doFirst:
          "pause marketing with journeys pause ID, and answer the case that SES has opened in the support console.",
      });
    if (sandbox)
      findings.push({
        area: "email",
        state: "ill",
        what: "the account is in the sandbox of SES.",
        forCustomers: "only addresses that are verified get mail.",
        doFirst: "ask for production access in the SES console. For a stack to try things on, this is as it should be.",
      });
    if (quota > 0 && sentLastDay > quota * 0.8)
      findings.push({
        area: "email",
        state: "ill",
        what: `${sentLastDay} of ${quota} mails that may be sent in 24 hours were sent.`,
        forCustomers: "past the quota, messages wait for up to an hour and are then refused.",
        doFirst: "ask for a higher sending quota in the SES console, or pause a large journey with journeys pause ID.",
      });
    return findings.length > 0
      ? findings
      : [
          well(
            "email",
            `sending is allowed; ${sentLastDay} of ${quota < 0 ? "any number of" : quota} mails in 24 hours.`,
          ),
        ];
  },
];

export function findingsOf(observed: Observed): Finding[] {
  return areas.flatMap((area) => area(observed));
}

export function isHealthy(findings: readonly Finding[]): boolean {
  return findings.every(({ state }) => state !== "ill");
}

/** The text of an alarm, as `lib/alarms.ts` writes it. */
function partsOf(text: string): Pick<Finding, "what" | "forCustomers" | "doFirst"> {
  const [, what, forCustomers, doFirst] = /^(.*?) For customers: (.*?) Do first: (.*)$/s.exec(text) ?? [];
  return what !== undefined && forCustomers !== undefined && doFirst !== undefined
    ? { what, forCustomers, doFirst }
    : { what: text };
}
