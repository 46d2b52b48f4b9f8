/** What a component, a rule and the trigger say on a picture, in few words. */
import type { Component, ComponentOf, ComponentType, Data } from "../../lambdas/domain/component.ts";
import type { Condition } from "../../lambdas/domain/condition.ts";
import type { Journey } from "../../lambdas/domain/journey.ts";
import type { Rule } from "../../lambdas/domain/rule.ts";

/** What each kind is called. */
export const kindNames: Record<ComponentType, string> = {
  sendTemplate: "Send template",
  messageStatusRule: "Message status rule",
  addTag: "Add tag",
  removeTag: "Remove tag",
  wait: "Wait",
  updateCustomer: "Update customer",
  condition: "Condition",
  split: "Split",
  waitFor: "Wait for",
  emitEvent: "Emit event",
};

const captions: { [T in ComponentType]: (component: ComponentOf<T>) => string } = {
  sendTemplate: ({ template }) => template,
  messageStatusRule: ({ message, status, within }) => `${message} ${status} within ${span(within)}?`,
  addTag: ({ tags }) => tags.join(", "),
  removeTag: ({ tags }) => tags.join(", "),
  wait: ({ for: length, until }) => (length ? span(length) : until ? untilText(until) : ""),
  updateCustomer: ({ set, unset = [] }) => [...Object.keys(set ?? {}), ...unset.map((name) => `no ${name}`)].join(", "),
  condition: ({ branches }) => `${branches.length} ${branches.length === 1 ? "branch" : "branches"}`,
  split: ({ branches }) => branches.map(({ percent }) => `${percent} %`).join(" / "),
  waitFor: ({ within }) => `at most ${span(within)}`,
  emitEvent: ({ event }) => event,
};

export function caption(component: Component): string {
  return (captions[component.type] as (component: Component) => string)(component);
}

function untilText(until: NonNullable<ComponentOf<"wait">["until"]>): string {
  if ("time" in until) return `until ${until.time}${until.weekdays ? ` (${until.weekdays.join(", ")})` : ""}`;
  const { field, offset } = until;
  if (!offset) return `until ${field}`;
  return `until ${span(offset.replace(/^[-+]/, ""))} ${offset.startsWith("-") ? "before" : "after"} ${field}`;
}

/** `P1DT2H` as `1 day 2 h`. */
export function span(duration: string): string {
  const units = { W: ["week", "weeks"], D: ["day", "days"], H: ["h", "h"], M: ["min", "min"], S: ["s", "s"] } as const;
  return [...duration.matchAll(/([\d.]+)([WDHMS])/g)]
    .map(([, amount, unit]) => `${amount} ${units[unit as keyof typeof units][amount === "1" ? 0 : 1]}`)
    .join(" ");
}

const signs: Partial<Record<string, string>> = {
  equals: "=",
  notEquals: "≠",
  oneOf: "in",
  notOneOf: "not in",
  greaterThan: ">",
  greaterThanOrEquals: "≥",
  lessThan: "<",
  lessThanOrEquals: "≤",
};

export function conditionText(condition: Condition): string {
  if ("all" in condition) return condition.all.map(inner).join(" and ");
  if ("any" in condition) return condition.any.map(inner).join(" or ");
  if ("not" in condition) return `not ${inner(condition.not)}`;
  if ("message" in condition) return `${condition.message} ${condition.status}`;
  if ("count" in condition)
    return `${condition.event} ${signs[condition.count.operator]} ${condition.count.value}× in ${span(condition.within)}`;
  const { field, operator } = condition;
  const name = field.replace(/^customer\./, "");
  const words = operator.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const value = "value" in condition ? ` ${valueText(condition.value, operator)}` : "";
  return `${name} ${signs[operator] ?? words}${value}`;
}

function inner(condition: Condition): string {
  return "all" in condition || "any" in condition ? `(${conditionText(condition)})` : conditionText(condition);
}

function valueText(value: Data[string] | unknown, operator: string): string {
  if (Array.isArray(value)) return value.map((item) => valueText(item, operator)).join(", ");
  if (typeof value === "string") return /Last|Next|Than/.test(operator) && value.startsWith("P") ? span(value) : value;
  return JSON.stringify(value);
}

export function ruleText({ event, where, key }: Omit<Rule, "id">): string {
  const parts = [
    event ?? "the customer changes",
    ...(where ? [`when ${conditionText(where)}`] : []),
    ...(key ? ["same key"] : []),
  ];
  return parts.join(", ");
}

export function triggerText({ trigger }: Journey): string[] {
  const { event, where, audience, entry = "once", key } = trigger;
  return [
    event ?? "the customer changes",
    ...(where ? [`when ${conditionText(where)}`] : []),
    ...(audience ? [`for ${conditionText(audience)}`] : []),
    `enters ${entryText(entry)}${key ? ` per ${key.replace(/^event\./, "")}` : ""}`,
  ];
}

function entryText(entry: NonNullable<Journey["trigger"]["entry"]>): string {
  if (entry === "once") return "once";
  if (entry === "always") return "every time";
  const { cooldown, max, maxConcurrent } = entry;
  return [
    ...(cooldown ? [`again after ${span(cooldown)}`] : []),
    ...(max ? [`at most ${max}×`] : []),
    ...(maxConcurrent ? [`${maxConcurrent} at once`] : []),
  ].join(", ");
}

/** The label of each way out: for conditions what must hold, else the outlet's own. */
export function branchLabel(component: Component, index: number, label: string): string {
  const branch = "branches" in component ? component.branches[index] : undefined;
  if (component.type === "condition" && branch && "when" in branch) return conditionText(branch.when);
  if (component.type === "waitFor" && branch && "id" in branch) return ruleText(branch);
  return label;
}
