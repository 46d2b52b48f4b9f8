/** Prints a customer's record for people: attributes, each enrollment step by step, reasons and events. */

import type { CustomerRecord } from "../../insight/customer/record.ts";
import { decisionText } from "../../insight/decisions/decision-text.ts";
import type { Decision } from "../../insight/decisions/decisions.ts";
import { causeName, causeText } from "../../insight/entry/cause.ts";
import { kindNames } from "../../insight/words/captions.ts";
import { timeText } from "../../insight/words/time-text.ts";
import { noteText } from "../../lambdas/domain/customer/note-text.ts";
import type { Enrollment, Message, Step } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { statuses } from "../../lambdas/domain/messages/message-status.ts";
import { reasonText } from "../../lambdas/domain/reasons/reason-text.ts";
import { type EnteredJourneys, versionRef } from "../../stack/deployed/customer-decisions.ts";
import type { Color, Io } from "../terminal/io.ts";
import { type Cell, showTable } from "../terminal/table.ts";
import { executionOf } from "./execution.ts";

/** At most this many events, and this many reasons, are printed: the newest. `--json` has all. */
const MOST_SHOWN = 20;

/** The decisions by enrollment id, and for each enrollment by step. */
export type Decisions = ReadonlyMap<string, readonly (Decision | undefined)[]>;

interface Known {
  readonly decisions?: Decisions;
  readonly journeys?: EnteredJourneys;
}

export function showRecord(
  record: CustomerRecord,
  stateMachineArn: string,
  io: Io,
  { decisions = new Map(), journeys = new Map() }: Known = {},
): void {
  const { customerId, profile, enrollments, events, reasons } = record;
  const heading = (text: string) => io.out(`\n${io.style("bold", text)}`);
  io.out(io.style("bold", customerId));
  if (profile?.deletedAt) io.out(`  Was erased: all data until ${timeText(profile.deletedAt)} is deleted.`);
  if (profile?.suppressed) {
    const { email, reason, at } = profile.suppressed;
    io.out(`  ${io.style("red", `Gets no marketing mail at ${email}: ${reason} on ${timeText(at)}.`)}`);
  }
  for (const [name, { reason, at }] of Object.entries(profile?.notes ?? {}))
    io.out(`  ${io.style("yellow", `A value of ${name} could not be used on ${timeText(at)}: ${noteText(reason)}.`)}`);
  showTable(
    ["attribute", "value", "since"],
    [
      ...Object.entries(profile?.attributes ?? {}).map(([name, value]) => [name, brief(JSON.stringify(value))]),
      ...(profile && profile.tags.length > 0 ? [["tags", profile.tags.join(", ")]] : []),
    ].map(([name = "", value = ""]) => [name, value, timeText(profile?.times[name] ?? "")]),
    io,
  );
  for (const enrollment of enrollments) {
    const journey = journeys.get(versionRef(enrollment));
    heading(titleOf(enrollment, journey));
    showEnrollment(enrollment, stateMachineArn, io, journey, decisions.get(enrollment.enrollmentId));
  }
  if (reasons.length > 0) heading(`Did not enter${newest(reasons)}`);
  showTable(
    ["when", "journey", "on", "reason"],
    reasons
      .slice(-MOST_SHOWN)
      .map(({ at, journeyId, event, eventId, reason }) => [
        timeText(at),
        journeyId,
        causeName({ event, eventId }),
        `${reasonText(reason)} (${reason})`,
      ]),
    io,
  );
  if (events.length > 0) heading(`Events${newest(events)}`);
  showTable(
    ["when", "event", "id", "data"],
    events
      .slice(-MOST_SHOWN)
      .map(({ time, name, id, data }) => [timeText(time), name, id, brief(JSON.stringify(data))]),
    io,
  );
}

/** Longer data is cut, so that it stays on one line; `--json` has all of it. */
const MOST_CHARACTERS = 120;
const brief = (text: string) =>
  text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1).toWellFormed()}…` : text;

const newest = (list: readonly unknown[]) =>
  list.length > MOST_SHOWN ? ` (the newest ${MOST_SHOWN} of ${list.length}; --json has all)` : "";

function titleOf(
  { journeyId, journeyVersion, key, status, reason, enteredAt, endedAt, trigger }: Enrollment,
  journey: Journey | undefined,
): string {
  const what = reason === undefined ? status : `${status} (${reasonText(reason)})`;
  const named = key === undefined ? "" : `, key ${JSON.stringify(key)}`;
  const when = endedAt === undefined ? "" : ` ${timeText(endedAt)}`;
  const name = journey === undefined || journey.name === journeyId ? journeyId : `${journey.name} · ${journeyId}`;
  return `${name} v${journeyVersion}${named}: entered ${timeText(enteredAt)} ${causeText({ event: trigger.name, eventId: trigger.eventId })}, ${what}${when}`;
}

function showEnrollment(
  enrollment: Enrollment,
  stateMachineArn: string,
  io: Io,
  journey: Journey | undefined,
  decisions: readonly (Decision | undefined)[] = [],
): void {
  const { steps, goals, messages, migrations = [], journeyVersion } = enrollment;
  // In a loop, a component has several messages; they belong to its visits in the same order.
  const left = Map.groupBy(messages, ({ componentId }) => componentId);
  showTable(
    ["from", "to", "component", "kind", "outcome", "message, data"],
    steps.map((step, index): Cell[] => [
      timeText(step.at),
      step.leftAt === undefined ? "" : timeText(step.leftAt),
      journey?.components[step.componentId]?.name ?? step.componentId,
      kindNames[step.type],
      { text: outcomeOf(step), color: colorOf(step) },
      [step.type === "sendTemplate" ? messageText(left.get(step.componentId)?.shift()) : "", dataText(decisions[index])]
        .filter((text) => text !== "")
        .join("; "),
    ]),
    io,
  );
  for (const [index, { at, from }] of migrations.entries())
    io.out(
      `  moved from version ${from} to version ${migrations[index + 1]?.from ?? journeyVersion} at ${timeText(at)}`,
    );
  const parked = parkedText(enrollment, journey);
  if (parked !== undefined) io.out(`  ${io.style("yellow", parked)}`);
  for (const [goalId, at] of Object.entries(goals))
    io.out(`  ${io.style("green", "★")} ${goalId} reached ${timeText(at)}`);
  io.out(`  ${io.style("dim", executionOf(enrollment, stateMachineArn).console)}`);
}

/** A parked customer would take a step, but the journey is held. `undefined`: the customer is not parked. */
function parkedText({ parked, status, position }: Enrollment, journey: Journey | undefined): string | undefined {
  if (!parked || status !== "active") return undefined;
  const { componentId } = position;
  const place = journey?.components[componentId]?.name ?? componentId;
  return journey === undefined || journey.status === "held"
    ? `Stays at ${place} since ${timeText(parked.since)}, because the journey is held. Goes on after journeys resume.`
    : `Stayed at ${place} since ${timeText(parked.since)}, because the journey was held. Goes on within minutes.`;
}

function outcomeOf({ outcome, until, reason }: Step): string {
  if (outcome === "waiting") return until ? `waits, at most until ${timeText(until)}` : "waits";
  return reason === undefined ? outcome : `${outcome}: ${reasonText(reason)}`;
}

function colorOf({ outcome }: Step): Color {
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
    return time === undefined || status === "sent" ? [] : [`${status} ${timeText(time)}`];
  });
  return [`${template} ${state}${reason === undefined ? "" : ` (${reasonText(reason)})`}`, ...reports].join(", ");
}
