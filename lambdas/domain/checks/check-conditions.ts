/**
 * Checks each condition of a journey. The place of a condition decides which data it may read: `check-condition.ts` checks
 * one condition, this file knows the places.
 */
import type { Path, Problem } from "../documents/problem.ts";
import { pathText } from "../documents/problem.ts";
import { entries, items, members } from "../documents/unchecked-document.ts";
import { isByChange } from "../journey/starts.ts";
import type { SegmentConditions } from "../segments/resolve-segments.ts";
import { type Place, placeProblems } from "./check-condition.ts";

const noMessage = "Messages can be asked about only in condition and waitFor components.";
const noEnrollment = (path: string) =>
  `The trigger is evaluated before the customer enters, so "${path}" has no value yet. Read event.* or customer.*.`;

const audiencePlace = {
  noMessage,
  noEnrollment,
  noEvent: "The audience is about the customer. Compare the event in trigger.where.",
};

/** The problems of an audience that a person gives to a run. `path`: its place in the document that has it. */
export function audienceProblems(audience: unknown, segments: SegmentConditions, path: Path): Problem[] {
  return placeProblems(audience, { ...audiencePlace, path }, segments);
}

export function conditionProblems(input: unknown, segments: SegmentConditions = new Map()): Problem[] {
  const journey = members(input);
  const trigger = members(journey.trigger);
  // A trigger that is not an object may be meant to have an event and a key, so neither counts as missing.
  const readable = members(journey.trigger) === journey.trigger;
  const keyed = !readable || trigger.key !== undefined;
  const problems: Problem[] = [];
  const add = (path: Path, code: string, message: string) => problems.push({ path: pathText(path), code, message });

  const checkPlace = (value: unknown, place: Place) =>
    problems.push(...placeProblems(value, { ...place, ...(!keyed && { noKey: true }) }, segments));

  function checkRule(raw: unknown, path: Path, place: Omit<Place, "path">) {
    if (members(raw) !== raw) return;
    const { event, where, key } = members(raw);
    if (event === undefined && where === undefined)
      add(path, "empty-rule", "The rule has neither event nor where, so nothing could meet it. Add one.");
    if (key !== undefined && event === undefined)
      add(
        [...path, "key"],
        "key-without-event",
        "A key compares an event's value, but this rule watches no event. Add event, or remove key.",
      );
    if (key !== undefined && !keyed)
      add(
        [...path, "key"],
        "key-without-trigger-key",
        "The trigger has no key to compare with. Give the trigger a key, or remove this one.",
      );
    const withoutEvent = event === undefined && {
      noEvent: "This rule watches no event, so there is no event to read. Compare customer.*, or add event.",
      noClock: true as const,
    };
    checkPlace(where, { path: [...path, "where"], ...place, ...withoutEvent });
  }

  const withoutEvent = readable && trigger.event === undefined;
  const byChange = withoutEvent && isByChange(trigger);
  checkPlace(trigger.where, {
    path: ["trigger", "where"],
    noMessage,
    noEnrollment,
    ...(withoutEvent && {
      noEvent: byChange
        ? "The trigger has no event, so there is none to read: it is considered when the customer changes. Compare customer.*, or add event."
        : "A schedule or date has no event to read. Compare customer.*.",
    }),
    ...(byChange && { noCount: true }),
  });
  checkPlace(trigger.audience, { ...audiencePlace, path: ["trigger", "audience"] });
  if (byChange && trigger.where === undefined)
    add(
      ["trigger"],
      "empty-trigger",
      'The trigger has no event, schedule, date or where, so no customer could enter. Add one, such as "event": "order.placed".',
    );
  if (withoutEvent && keyed)
    add(
      ["trigger", "key"],
      "key-without-event",
      "A key is read from the event, but the trigger has none. Add event, or remove key.",
    );

  for (const list of ["exit", "goals"])
    for (const [index, raw] of items(journey[list])) checkRule(raw, [list, index], { noCount: true, noMessage });
  for (const [id, raw] of entries(journey.components)) {
    const component = members(raw);
    for (const [index, branch] of items(component.branches)) {
      const path = ["components", id, "branches", index];
      if (component.type === "waitFor") checkRule(branch, path, { noCount: true });
      if (component.type === "condition")
        checkPlace(members(branch).when, {
          path: [...path, "when"],
          ...(withoutEvent && {
            noEvent: `The journey starts from ${byChange ? "a change of the customer" : "a schedule or date"}, so there is no event to read. Compare customer.*.`,
          }),
        });
    }
  }
  return problems;
}
