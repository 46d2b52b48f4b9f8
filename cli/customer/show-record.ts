/** A customer's record for people: who they are, what they did, and every journey with their way through it. */

import { type Decision, decisionText } from "../../insight/decisions/decisions.ts";
import { because } from "../../insight/timeline/timeline-text.ts";
import { kindNames } from "../../insight/words/captions.ts";
import { moment } from "../../insight/words/time-text.ts";
import type { Enrollment, Message, Step } from "../../lambdas/domain/enrollment.ts";
import { statuses } from "../../lambdas/domain/message-status.ts";
import type { CustomerRecord } from "../deployed/customer-record.ts";
import type { Colour, Io } from "../terminal/io.ts";
import { type Cell, showTable } from "../terminal/table.ts";
import { executionOf } from "./execution.ts";

/** So many of the newest events and reasons are told; `--json` has them all. */
const MOST_TOLD = 20;

/** By enrollment, and for each of its steps. */
export type Decisions = ReadonlyMap<string, readonly (Decision | undefined)[]>;

export function showRecord(
  record: CustomerRecord,
  stateMachineArn: string,
  io: Io,
  decisions: Decisions = new Map(),
): void {
  const { customerId, profile, enrollments, events, reasons } = record;
  const heading = (text: string) => io.out(`\n${io.style("bold", text)}`);
  io.out(io.style("bold", customerId));
  if (profile?.deletedAt) io.out(`  Was erased: what happened until ${moment(profile.deletedAt)} is forgotten.`);
  if (profile?.suppressed) {
    const { email, reason, at } = profile.suppressed;
    io.out(`  ${io.style("red", `Gets no marketing mail at ${email}: it ${reason} on ${moment(at)}.`)}`);
  }
  showTable(
    ["attribute", "value", "since"],
    [
      ...Object.entries(profile?.attributes ?? {}).map(([name, value]) => [name, brief(JSON.stringify(value))]),
      ...(profile && profile.tags.length > 0 ? [["tags", profile.tags.join(", ")]] : []),
    ].map(([name = "", value = ""]) => [name, value, moment(profile?.times[name] ?? "")]),
    io,
  );
  for (const enrollment of enrollments) {
    heading(titleOf(enrollment));
    showEnrollment(enrollment, stateMachineArn, io, decisions.get(enrollment.enrollmentId));
  }
  if (reasons.length > 0) heading(`Did not enter${newest(reasons)}`);
  showTable(
    ["when", "journey", "on", "because"],
    reasons
      .slice(-MOST_TOLD)
      .map(({ at, journeyId, event, reason }) => [
        moment(at),
        journeyId,
        event ?? "a change",
        `${because(reason)} (${reason})`,
      ]),
    io,
  );
  if (events.length > 0) heading(`Events${newest(events)}`);
  showTable(
    ["when", "event", "id", "data"],
    events.slice(-MOST_TOLD).map(({ time, name, id, data }) => [moment(time), name, id, brief(JSON.stringify(data))]),
    io,
  );
}

/** A line stays a line; `--json` has the whole of it. */
const MOST_CHARACTERS = 120;
const brief = (text: string) =>
  text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1).toWellFormed()}…` : text;

const newest = (list: readonly unknown[]) =>
  list.length > MOST_TOLD ? ` (the newest ${MOST_TOLD} of ${list.length}; --json has all)` : "";

function titleOf({ journeyId, journeyVersion, key, status, reason, enteredAt, endedAt, trigger }: Enrollment): string {
  const what = reason === undefined ? status : `${status} (${because(reason)})`;
  const named = key === undefined ? "" : `, key ${JSON.stringify(key)}`;
  const when = endedAt === undefined ? "" : ` ${moment(endedAt)}`;
  return `${journeyId} v${journeyVersion}${named}: entered ${moment(enteredAt)} on ${trigger.name ?? "a change"}, ${what}${when}`;
}

function showEnrollment(
  enrollment: Enrollment,
  stateMachineArn: string,
  io: Io,
  decisions: readonly (Decision | undefined)[] = [],
): void {
  const { steps, goals, messages } = enrollment;
  // The messages of a component in a loop belong to its visits in order.
  const left = Map.groupBy(messages, ({ componentId }) => componentId);
  showTable(
    ["from", "to", "component", "kind", "outcome", "message, data"],
    steps.map((step, index): Cell[] => [
      moment(step.at),
      step.leftAt === undefined ? "" : moment(step.leftAt),
      step.componentId,
      kindNames[step.type],
      { text: outcomeOf(step), colour: colourOf(step) },
      [step.type === "sendTemplate" ? messageText(left.get(step.componentId)?.shift()) : "", dataText(decisions[index])]
        .filter((text) => text !== "")
        .join("; "),
    ]),
    io,
  );
  for (const [goalId, at] of Object.entries(goals))
    io.out(`  ${io.style("green", "★")} ${goalId} reached ${moment(at)}`);
  io.out(`  ${io.style("dim", executionOf(enrollment, stateMachineArn).console)}`);
}

function outcomeOf({ outcome, until, reason }: Step): string {
  if (outcome === "waiting") return until ? `waits, at most until ${moment(until)}` : "waits";
  return reason === undefined ? outcome : `${outcome}: ${because(reason)}`;
}

function colourOf({ outcome }: Step): Colour {
  if (outcome === "waiting" || outcome === "skipped") return "yellow";
  return outcome === "failed" ? "red" : outcome === "exited" ? "blue" : "gray";
}

function dataText(decision: Decision | undefined): string {
  return decision ? decisionText(decision) : "";
}

function messageText(message: Message | undefined): string {
  if (!message) return "";
  const { template, state, reason, statuses: times } = message;
  const reports = statuses.flatMap((status) => {
    const time = times[status];
    return time === undefined || status === "sent" ? [] : [`${status} ${moment(time)}`];
  });
  return [`${template} ${state}${reason === undefined ? "" : ` (${because(reason)})`}`, ...reports].join(", ");
}
