/** Checks on the delivery of events and changes: queues, dead letters, streams. */
import { count } from "../words/count.ts";
import { type Check, type Finding, ok, unknown } from "./finding.ts";

const MANY_WAITING = 1_000;
const LATE_MILLISECONDS = 5 * 60_000;

export const eventChecks: readonly Check[] = [
  ({ queues }) =>
    queues.flatMap(({ name, waiting, inWork, deadLetters }): Finding[] => [
      waiting > MANY_WAITING
        ? {
            area: `queue of ${name}`,
            state: "note",
            what: `${waiting} waiting, ${inWork} being processed.`,
            forCustomers:
              name === "events"
                ? "they enter and leave journeys late."
                : "journeys learn late whether messages were delivered or read.",
            doFirst:
              "check again in a minute. If the queue grows, read the function's log; if there are no errors, raise matcherConcurrency.",
          }
        : ok(`queue of ${name}`, `${waiting} waiting, ${inWork} being processed.`),
      deadLetters > 0
        ? {
            area: `dead letters of ${name}`,
            state: "failing",
            what: `${count(deadLetters, "message")} could not be handled.`,
            forCustomers:
              name === "events"
                ? "they did not enter or leave the journeys that these events concern."
                : "journeys treat messages as unread that were read, and may send to addresses that bounce.",
            doFirst:
              name === "events"
                ? "journeys redrive --list shows the reasons. A rejected event comes back when it is replayed: send a correct one with journeys send, then delete it with journeys redrive ID --drop --yes. journeys redrive replays the others."
                : "journeys redrive --list shows the reasons; then journeys redrive replays the messages.",
          }
        : ok(`dead letters of ${name}`, "none."),
    ]),

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
            doFirst: "read the log of exit-evaluator. If the delay began with the last deployment, undo it.",
          }
        : ok("changes of customers", `handled within ${Math.max(1, Math.ceil(iteratorAge / 1000))} s.`),
  ],
];
