/** Checks on journeys and the customers inside: overdue steps, rejected saves, failures, reputation, executions. */
import { count } from "../words/count.ts";
import { durationText } from "../words/duration-text.ts";
import { timeText } from "../words/time-text.ts";
import { type Check, type Finding, ok, unknown } from "./finding.ts";
import { journeyRemedy } from "./remedy.ts";

/** The default quota of open standard executions in an account and region, for when AWS reports none. */
const MOST_EXECUTIONS = 1_000_000;
/** A step counts as overdue after this time: two runs of the reconciler. */
export const OVERDUE_AFTER = "PT10M";

/**
 * Every function reads the pointers of all live journeys again after five seconds, all from one partition. With 100
 * processes, about 1,800 journeys use up its read units (`npm run bench -- scale`).
 */
const MANY_LIVE = 1_400;

export const journeyChecks: readonly Check[] = [
  ({ live }) =>
    live <= MANY_LIVE
      ? [ok("live journeys", `${live}; 100 processes can list about 1,800 live journeys every five seconds.`)]
      : [
          {
            area: "live journeys",
            state: "note",
            what: `${live}; 100 processes can list about 1,800 live journeys every five seconds.`,
            forCustomers:
              "with more live journeys, DynamoDB throttles the reads, and customers enter and leave journeys late.",
            doFirst: "delete journeys that are stopped and have no customers inside: journeys delete ID.",
          },
        ],

  ({ overdue, reconcilerRan }) => [
    ...overdue.map(
      ({ journeyId, count: overdue, more, oldest }): Finding => ({
        area: `overdue in ${journeyId}`,
        state: "failing",
        what: `the next step of ${overdue}${more ? " or more" : ""} is overdue by more than ${durationText(OVERDUE_AFTER)}${oldest === undefined ? "" : `; the oldest was due at ${timeText(oldest)}`}.`,
        forCustomers: "these customers stay at their component and get no messages.",
        doFirst:
          "the reconciler restarts up to 10,000 every 5 minutes. If the number does not fall, read the logs of reconciler and advance.",
      }),
    ),
    ...(overdue.length === 0 ? [ok("overdue steps", "none.")] : []),
    reconcilerRan === undefined
      ? unknown("reconciler", "the time of its last run could not be read.")
      : ok("reconciler", `ran at ${reconcilerRan}.`),
  ],

  ({ parked }) =>
    parked.map(({ journeyId, count: parked, more }) => ({
      area: `journey ${journeyId}`,
      state: "note",
      what: `it is held; ${parked}${more ? " or more" : ""} of its customers are due to go on.`,
      forCustomers: "these customers stay at their component and get no messages. Exits and goals still work.",
      doFirst: `journeys resume ${journeyId} lets them go on, when the reason for the hold is gone.`,
      remedies: [journeyRemedy("resume", journeyId)],
    })),

  ({ rejected }) =>
    rejected.length === 0
      ? [ok("saved journeys", "none was rejected.")]
      : rejected.map(({ journeyId, problems }) => ({
          area: `journey ${journeyId}`,
          state: "failing",
          what: `its last save was rejected: ${problems.map(({ message }) => message).join(" ")}`,
          forCustomers: "none: the version that was live stays live. The change is not live.",
          doFirst: `journeys show ${journeyId} lists the problems. Fix the document, then publish it with journeys publish.`,
          remedies: [{ command: `journeys show ${journeyId}` }],
        })),

  ({ failed }) =>
    failed.length === 0
      ? [ok("failed enrollments", "none.")]
      : failed.map(({ journeyId, reasons }) => ({
          area: `failed in ${journeyId}`,
          state: "note",
          what: `${Object.entries(reasons)
            .map(([reason, times]) => `${reason} ${times}×`)
            .join(", ")} since the journey began.`,
          forCustomers: "these customers have left the journey and get no further message of it.",
          doFirst:
            "read the log of advance. A new trigger event lets a customer enter again if the entry rule allows it.",
        })),

  ({ spikes }) =>
    spikes.length === 0
      ? [ok("complaints and bounces", "no journey exceeds the limits of SES.")]
      : spikes.map(({ journeyId, kind, reports, sent }) => ({
          area: `${kind} in ${journeyId}`,
          state: "failing",
          what: `${reports} of ${sent} emails since the journey began. That share is above the limit of SES for an account.`,
          forCustomers: "if SES pauses the account, no journey can send mail to any customer.",
          doFirst: `journeys stop ${journeyId} ends all enrollments before the next message; journeys pause ${journeyId} only prevents new entries. Then find out which customers get the messages, and why they do not want them.`,
          remedies: [journeyRemedy("pause", journeyId), { command: `journeys stop ${journeyId}` }],
        })),

  ({ held }) =>
    held.map(({ journeyId, kind, reports, sent, at }) => ({
      area: `marketing of ${journeyId}`,
      state: "failing",
      what: `its circuit breaker has been open since ${timeText(at)}: the last ${sent} emails had ${reports} ${kind}.`,
      forCustomers:
        "a customer whose next step is a marketing email, text message or WhatsApp message of the journey waits. The journey checks every hour, and after one day the customer goes on without the message.",
      doFirst: `find out which customers get the messages, and why they do not want them. Then journeys resume ${journeyId} --breaker closes the circuit breaker, or journeys stop ${journeyId} ends all enrollments.`,
      remedies: [journeyRemedy("close-breaker", journeyId), { command: `journeys stop ${journeyId}` }],
    })),

  ({ inside, executions }) => {
    if (!executions)
      return [unknown("open executions", `${count(inside, "customer")} inside journeys, by the counters.`)];
    const { of, open, more, quota = MOST_EXECUTIONS } = executions;
    const what = `${open}${more ? " or more" : ""}, of a quota of ${quota}; ${count(inside, "customer")} inside journeys, by the counters.`;
    if (open > quota * 0.8)
      return [
        {
          area: "open executions",
          state: "failing",
          what,
          forCustomers: "above the quota, customers who enter do not continue.",
          doFirst:
            "ask AWS for a higher quota of open executions, or end a journey that is not needed: journeys stop ID.",
        },
      ];
    if (of === "stack" && !more && open < inside)
      return [
        {
          area: "open executions",
          state: "note",
          what,
          forCustomers: `${count(inside - open, "customer")} inside without an execution. A customer who entered just now has none yet.`,
          doFirst:
            "check again in a minute. The reconciler starts a new execution when the next step of a customer is overdue. If the counters are wrong, journeys recount ID repairs them.",
        },
      ];
    return [ok("open executions", what)];
  },
];
