/**
 * Changes of components: of the condition, the wait or the branches. Components of other types have no condition, wait
 * or branches.
 */
import { type Path, pathText } from "../../lambdas/domain/documents/problem.ts";
import type { Component, ComponentOf, ComponentType } from "../../lambdas/domain/journey/component.ts";
import { conditionChanges, longer, type Part, removed, replaced, ruleChanges, withValue } from "./part-changes.ts";

export function componentChanges(path: Path, component: Component): Part[] {
  return (changes[component.type] as (path: Path, component: Component) => Part[])(path, component);
}

const none = () => [];

const changes: { [T in ComponentType]: (path: Path, component: ComponentOf<T>) => Part[] } = {
  sendTemplate: none,
  addTag: none,
  removeTag: none,
  updateCustomer: none,
  emitEvent: none,
  wait: waitChanges,
  messageStatusRule: (path, component) => [
    longer([...path, "within"], component.within),
    ...exchanged(path, component, ["met"], ["notMet"]),
  ],
  condition: (path, component) =>
    component.branches.flatMap(({ when }, index) => [
      ...conditionChanges([...path, "branches", index, "when"], when),
      ...exchanged(path, component, ["branches", index, "next"], ["otherwise"]),
    ]),
  split: (path, component) =>
    component.branches
      .slice(1)
      .flatMap((_, index) => exchanged(path, component, ["branches", index, "next"], ["branches", index + 1, "next"])),
  waitFor: (path, component) => [
    longer([...path, "within"], component.within),
    ...component.branches.flatMap((branch, index) => [
      ...(component.branches.length > 1 ? [removed([...path, "branches", index])] : []),
      ...ruleChanges([...path, "branches", index], branch),
      ...exchanged(path, component, ["branches", index, "next"], ["otherwise"]),
    ]),
  ],
};

function waitChanges(path: Path, { for: duration, until }: ComponentOf<"wait">): Part[] {
  const parts: Part[] = duration === undefined ? [] : [longer([...path, "for"], duration)];
  if (!until) return parts;
  const place = [...path, "until"];
  if ("time" in until && !("field" in until)) {
    const hour = (Number(until.time.slice(0, 2)) + 1) % 24;
    parts.push(replaced([...place, "time"], `${String(hour).padStart(2, "0")}${until.time.slice(2)}`));
    if (until.weekdays) parts.push(removed([...place, "weekdays"]));
  }
  if ("field" in until) {
    parts.push(replaced([...place, "ifPast"], until.ifPast === "exit" ? "continue" : "exit"));
    parts.push(replaced([...place, "ifMissing"], until.ifMissing === "continue" ? "exit" : "continue"));
    if (until.offset !== undefined) parts.push(removed([...place, "offset"]));
  }
  return parts;
}

/** Exchanges the targets of two outlets. A change of only one target could make a component unreachable. */
function exchanged(path: Path, component: Component, one: Path, other: Path): Part[] {
  const [first, second] = [valueAt(component, one), valueAt(component, other)];
  if (first === second) return [];
  const value = withValue(withValue(component, one, second), other, first);
  return [{ path, value, text: `${pathText(one)} and ${pathText(other)} change places` }];
}

function valueAt(whole: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, name) => (Object(value) as Record<string, unknown>)[name], whole);
}
