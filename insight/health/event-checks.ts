/** How events and changes get through: queues, dead letters, streams. */
import { type Finding, type Look, unknown, well } from "./finding.ts";

const MANY_WAITING = 1_000;
const LATE_MILLISECONDS = 5 * 60_000;

export const onEvents: readonly Look[] = [
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
              "journeys redrive --list says which; read the log of exit-evaluator, or of the function that it names, and mend it; then journeys redrive.",
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
];
