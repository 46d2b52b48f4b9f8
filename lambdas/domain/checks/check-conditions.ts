/**
 * Checks that each condition reads only data that exists at its place in the journey. A place that nothing evaluates
 * when time passes also forbids clock operators.
 */
import { condition as schema } from "../conditions/condition.ts";
import { eachLeaf } from "../conditions/condition-tree.ts";
import { operatorOf, operators } from "../conditions/operators.ts";
import { valuePath } from "../conditions/value-path.ts";
import { check, type Path, type Problem, pathText } from "../documents/problem.ts";
import { entries, items, members, valid } from "../documents/unchecked-document.ts";
import { fieldPath } from "../documents/vocabulary.ts";
import { isByChange } from "../journey/starts.ts";
import { parsePath } from "../values/path.ts";

/** The data that a condition may read at one place of a journey. */
interface Place {
  readonly path: Path;
  /** In the trigger there is no enrollment yet. */
  readonly noEnrollment?: true;
  /** The message when the condition reads `event.*`; absent where it may. */
  readonly noEvent?: string;
  readonly noCount?: true;
  readonly noMessage?: true;
  /** Nothing evaluates this condition when only time passes. */
  readonly noClock?: true;
}

export function conditionProblems(input: unknown): Problem[] {
  const journey = members(input);
  const trigger = members(journey.trigger);
  // A trigger that is not an object may be meant to have an event and a key, so neither counts as missing.
  const readable = members(journey.trigger) === journey.trigger;
  const keyed = !readable || trigger.key !== undefined;
  const problems: Problem[] = [];
  const add = (path: Path, code: string, message: string) => problems.push({ path: pathText(path), code, message });

  function checkPlace(value: unknown, place: Place) {
    const condition = value === undefined ? undefined : valid(schema, value);
    if (!condition) return checkFields(value, place.path);
    eachLeaf(condition, (leaf, below) => {
      const at = [...place.path, ...below];
      if ("field" in leaf) {
        checkPath(leaf.field, [...at, "field"], place);
        const compared = valuePath(leaf);
        if (compared !== undefined) checkPath(compared, [...at, "value", "path"], place);
        if (place.noClock && operatorOf(leaf.operator).clock)
          add(
            [...at, "operator"],
            "clock-condition",
            `"${leaf.operator}" becomes true by the clock alone, and nothing would look again when it does. Compare with a fixed time (before, after), or watch for an event.`,
          );
      } else if ("event" in leaf && place.noCount)
        add(at, "condition-not-allowed", "Events can be counted only in the trigger and in condition components.");
      else if ("message" in leaf && place.noMessage)
        add(at, "condition-not-allowed", "Messages can be asked about only in condition and waitFor components.");
    });
  }

  /** The schema of a comparison depends on its operator, so it says nothing of the field when the operator is wrong. */
  function checkFields(raw: unknown, path: Path) {
    const { all, any, not, field, operator } = members(raw);
    for (const [name, parts] of [
      ["all", all],
      ["any", any],
    ] as const)
      for (const [index, part] of items(parts)) checkFields(part, [...path, name, index]);
    if (not !== undefined) checkFields(not, [...path, "not"]);
    if (operator === undefined || Object.hasOwn(operators, String(operator))) return;
    const checked = check(fieldPath("The path of the field"), field);
    if (field !== undefined && "problems" in checked)
      for (const { code, message } of checked.problems) add([...path, "field"], code, message);
  }

  function checkPath(path: string, at: Path, place: Place) {
    const { root } = parsePath(path);
    if (root === "event" && place.noEvent) add(at, "event-not-known", place.noEvent);
    if (root.startsWith("enrollment") && place.noEnrollment)
      add(
        at,
        "enrollment-not-known",
        `The trigger is evaluated before the customer enters, so "${path}" has no value yet. Read event.* or customer.*.`,
      );
    else if (root === "enrollment.key" && !keyed)
      add(
        at,
        "key-not-known",
        "The trigger has no key, so there is no enrollment.key to compare. Give the trigger a key.",
      );
  }

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
    noMessage: true,
    noEnrollment: true,
    ...(withoutEvent && {
      noEvent: byChange
        ? "The trigger has no event, so there is none to read: it is considered when the customer changes. Compare customer.*, or add event."
        : "A schedule or date has no event to read. Compare customer.*.",
    }),
    ...(byChange && { noCount: true }),
  });
  checkPlace(trigger.audience, {
    path: ["trigger", "audience"],
    noMessage: true,
    noEnrollment: true,
    noEvent: "The audience is about the customer. Compare the event in trigger.where.",
  });
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
    for (const [index, raw] of items(journey[list])) checkRule(raw, [list, index], { noCount: true, noMessage: true });
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
