/** How journeys and those inside them fare: overdue steps, rejected saves, failures, executions. */
import { span } from "../words/condition-text.ts";
import { type Finding, type Look, unknown, well } from "./finding.ts";

/** The quota of open executions in an account and region, unless AWS says another: standard workflows only. */
const MOST_EXECUTIONS = 1_000_000;
/** How long after its time a step may be late before that is told: two runs of the reconciler. */
export const OVERDUE_AFTER = "PT10M";

export const onJourneys: readonly Look[] = [
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

  ({ spikes }) =>
    spikes.length === 0
      ? [well("complaints and bounces", "no journey has more than SES tolerates.")]
      : spikes.map(({ journeyId, kind, reports, sent }) => ({
          area: `${kind} in ${journeyId}`,
          state: "ill",
          what: `${reports} of ${sent} messages since the journey began, more than SES tolerates of an account.`,
          forCustomers: "if SES pauses the account, nobody gets mail any more, of any journey.",
          doFirst: `journeys stop ${journeyId} takes everybody out before the next message; journeys pause ${journeyId} only lets nobody more in. Then find out whom it writes to, and why they do not want it.`,
        })),

  ({ held }) =>
    held.map(({ journeyId, kind, reports, sent, at }) => ({
      area: `marketing of ${journeyId}`,
      state: "ill",
      what: `held since ${at}: of its last ${sent} messages there were ${reports} ${kind}.`,
      forCustomers:
        "whoever is due a marketing email of it waits, looks again every hour, and after a day goes on without it.",
      doFirst: `find out whom it writes to, and why they do not want it; then journeys resume ${journeyId} lets it go on, or journeys stop ${journeyId} takes everybody out.`,
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
];
