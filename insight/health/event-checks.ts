/** Checks on the delivery of events and changes: queues, dead letters, streams. */
import { noteText } from "../../lambdas/domain/customer/note-text.ts";
import { count } from "../words/count.ts";
import { type Check, type Finding, ok, unknown } from "./finding.ts";
import type { QueueName } from "./observed.ts";
import { redriveRemedies } from "./remedy.ts";

const MANY_WAITING = 1_000;
const LATE_MILLISECONDS = 5 * 60_000;

interface QueueTexts {
  /** The consequence for customers when messages wait. */
  readonly late: string;
  /** The consequence for customers when some messages could not be handled. */
  readonly dead: string;
  readonly replay: string;
}

const REPLAY = "journeys redrive --list shows the reasons; then journeys redrive replays the messages.";

const queueTexts: Readonly<Record<QueueName, QueueTexts>> = {
  events: {
    late: "customers enter and leave journeys late.",
    dead: "the customers of these events did not enter or leave journeys.",
    replay:
      "journeys redrive --list shows the reasons. A rejected event would only be rejected again: send a corrected event with journeys send, then delete the rejected one with journeys redrive ID --drop --yes. Last, journeys redrive replays all that are left.",
  },
  statuses: {
    late: "journeys learn late whether messages were delivered or read.",
    dead: "journeys treat messages as unread that were read, and may send to addresses that bounce.",
    replay: REPLAY,
  },
  "status tasks": {
    late: "customers of a stopped journey get no message, but exit late; customers of a journey that is not held any more go on late.",
    dead: "customers of a stopped journey get no message, and exit at their next step.",
    replay: REPLAY,
  },
};

export const eventChecks: readonly Check[] = [
  ({ queues }) =>
    queues.flatMap(({ name, waiting, inWork, deadLetters }): Finding[] => [
      waiting > MANY_WAITING
        ? {
            area: `queue of ${name}`,
            state: "note",
            what: `${waiting} waiting, ${inWork} being processed.`,
            forCustomers: queueTexts[name].late,
            doFirst:
              "check again in a minute. If the queue grows, read the function's log; if there are no errors, raise matcherConcurrency.",
          }
        : ok(`queue of ${name}`, `${waiting} waiting, ${inWork} being processed.`),
      deadLetters > 0
        ? {
            area: `dead letters of ${name}`,
            state: "failing",
            what: `${count(deadLetters, "message")} could not be handled.`,
            forCustomers: queueTexts[name].dead,
            doFirst: queueTexts[name].replay,
            remedies: redriveRemedies,
          }
        : ok(`dead letters of ${name}`, "none."),
    ]),

  ({ unusable }) =>
    unusable.length === 0
      ? [ok("reserved attributes", "every value was stored.")]
      : [
          {
            area: "reserved attributes",
            state: "note",
            what: `${unusable.map(({ attribute, reason, count: times }) => `${attribute} ${times}× (${noteText(reason)})`).join(", ")} could not be used since the stack began.`,
            forCustomers:
              "the attribute of these customers stayed as it was. An unsubscribed value that could not be read counts as unsubscribed.",
            doFirst: "journeys customer ID shows the note. Correct the app that sends these values.",
          },
        ],

  ({ failures }) => [
    failures === undefined
      ? unknown("records given up on", "the bucket for failures could not be read.")
      : failures.count === 0
        ? ok("records given up on", "none in the last 14 days.")
        : {
            area: "records given up on",
            state: "failing",
            what: `${failures.count}${failures.more ? " or more" : ""} failed batches of stream records are in the bucket for failures.`,
            forCustomers: "affected customers may stay in a journey that they should have left, or miss a goal.",
            doFirst:
              "journeys redrive --list names the function of each batch, usually exit-evaluator. Read its log and fix it; then journeys redrive.",
            remedies: redriveRemedies,
          },
  ],

  ({ iteratorAge }) => [
    iteratorAge === undefined
      ? unknown("changes of customers", "the delay could not be read.")
      : iteratorAge > LATE_MILLISECONDS
        ? {
            area: "changes of customers",
            state: "failing",
            what: `handled ${Math.round(iteratorAge / 60_000)} minutes late.`,
            forCustomers: "customers who should have left a journey may get another message of it.",
            doFirst:
              "read the log of exit-evaluator. If the delay began with the last deployment, undo that deployment.",
          }
        : ok("changes of customers", `handled within ${Math.max(1, Math.ceil(iteratorAge / 1000))} s.`),
  ],
];
