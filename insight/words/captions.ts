/** The words of components, rules and the trigger on a picture. */

import { leaves } from "../../lambdas/domain/conditions/condition-tree.ts";
import type { Rule } from "../../lambdas/domain/conditions/rule.ts";
import type { Component, ComponentOf, ComponentType } from "../../lambdas/domain/journey/component.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { entryRuleOf } from "../../lambdas/domain/journey/starts.ts";
import type { DateTrigger, EntryRule, Schedule, Trigger } from "../../lambdas/domain/journey/trigger.ts";
import type { Cap, Limits, QuietHours } from "../../lambdas/domain/messages/limits.ts";
import type { QuietPreset } from "../../lambdas/domain/messages/quiet-presets.ts";
import { conditionText } from "./condition-text.ts";
import { durationText } from "./duration-text.ts";

/** The names of the component types. */
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

/** The name that people gave to a component, or its id. */
type Named = (componentId: string) => string;

const captions: { [T in ComponentType]: (component: ComponentOf<T>, named: Named) => string } = {
  sendTemplate: ({ template }) => template,
  messageStatusRule: ({ message, status, within }, named) =>
    `${named(message)} ${status} within ${durationText(within)}?`,
  addTag: ({ tags }) => tags.join(", "),
  removeTag: ({ tags }) => tags.join(", "),
  wait: ({ for: length, until }) => (length ? durationText(length) : until ? untilText(until) : ""),
  updateCustomer: ({ set, unset = [] }) => [...Object.keys(set ?? {}), ...unset.map((name) => `no ${name}`)].join(", "),
  condition: () => "the first that holds",
  split: ({ branches }) => branches.map(({ percent }) => `${percent} %`).join(" / "),
  waitFor: ({ within }) => `at most ${durationText(within)}`,
  emitEvent: ({ event }) => event,
};

export function caption(component: Component, named: Named = (componentId) => componentId): string {
  return (captions[component.type] as (component: Component, named: Named) => string)(component, named);
}

function untilText(until: NonNullable<ComponentOf<"wait">["until"]>): string {
  if (!("field" in until)) {
    const days = until.weekdays ? ` (${until.weekdays.join(", ")})` : "";
    return `until ${until.time}${days}${until.timezone === undefined ? "" : ` in ${until.timezone}`}`;
  }
  const { field, offset } = until;
  if (!offset) return `until ${field}`;
  return `until ${durationText(offset.replace(/^[-+]/, ""))} ${offset.startsWith("-") ? "before" : "after"} ${field}`;
}

export function ruleText({ event, where, key }: Omit<Rule, "id">): string {
  const words = where && conditionText(where);
  const aboutMessages = event === undefined && where !== undefined && leaves(where).some((leaf) => "message" in leaf);
  if (aboutMessages) return words ?? "";
  const parts = [event ?? "the customer changes", ...(words ? [`when ${words}`] : []), ...(key ? ["same key"] : [])];
  return parts.join(", ");
}

export function triggerText({ trigger }: Journey): string[] {
  const { where, audience, key, includeUnsubscribed, rate } = trigger;
  return [
    startText(trigger),
    ...(where ? [`when ${conditionText(where)}`] : []),
    ...(audience ? [`for ${conditionText(audience)}`] : []),
    `enters ${entryText(entryRuleOf(trigger))}${key ? ` per ${key.replace(/^event\./, "")}` : ""}`,
    ...(includeUnsubscribed ? ["unsubscribed customers too"] : []),
    ...(rate ? [`at most ${rate.max} in ${durationText(rate.per)}`] : []),
  ];
}

export function startText({ event, schedule, date }: Trigger): string {
  if (event !== undefined) return event;
  if (schedule) return scheduleText(schedule);
  return date ? dateText(date) : "the customer changes";
}

function scheduleText(schedule: Schedule): string {
  const zone = schedule.timezone === undefined ? "" : ` (${zoneText(schedule.timezone)})`;
  if ("at" in schedule) return `at ${schedule.at.replace("T", " ")}${zone}`;
  return "every" in schedule ? `every ${durationText(schedule.every)}${zone}` : `cron ${schedule.cron}${zone}`;
}

function dateText({ field, offset, time, repeat, timezone }: DateTrigger): string {
  const day = `${offset ? `${durationText(offset.replace(/^-/, ""))} ${offset.startsWith("-") ? "before" : "after"} ` : "on "}${field}`;
  return `${day}${repeat === "yearly" ? " each year" : ""} at ${time}${timezone === undefined ? "" : ` (${zoneText(timezone)})`}`;
}

const zoneText = (timezone: string) => (timezone === "customer" ? "the customer's time" : timezone);

function entryText(entry: EntryRule): string {
  if (entry === "once") return "once";
  if (entry === "always") return "every time";
  const { cooldown, max, maxConcurrent } = entry;
  return [
    ...(cooldown ? [`again after ${durationText(cooldown)}`] : []),
    ...(max ? [`at most ${max}×`] : []),
    ...(maxConcurrent ? [`${maxConcurrent} at once`] : []),
  ].join(", ");
}

/** The label of an outlet: the condition of a branch, or else the outlet's own label. */
export function branchLabel(component: Component, index: number, label: string): string {
  const branch = "branches" in component ? component.branches[index] : undefined;
  if (component.type === "condition" && branch && "when" in branch) return conditionText(branch.when);
  if (component.type === "waitFor" && branch && "id" in branch) return ruleText(branch);
  return label;
}

/** Frequency caps and quiet hours, one text each. */
export function limitTexts({ cap, quietHours }: Limits = {}): string[] {
  return [
    ...(cap === "none" ? ["no cap of the stack"] : (cap ?? []).map(capText)),
    ...(quietHours === "none" ? ["no quiet hours of the stack"] : quietHours ? [quietText(quietHours)] : []),
  ];
}

function capText({ max, within, ...limit }: Cap): string {
  const messages = max === 1 ? concerned(limit).replace(/s$/, "") : concerned(limit);
  return `at most ${max} ${messages} in ${durationText(within)}, else ${limit.otherwise}`;
}

const presetTexts: Readonly<Record<QuietPreset, string>> = {
  "us-sms": "marketing text messages only in the hours of the United States and of the customer's state",
};

function quietText(quietHours: QuietHours | QuietPreset): string {
  if (typeof quietHours === "string") return presetTexts[quietHours];
  const { from, to, ...limit } = quietHours;
  return `no ${concerned(limit)} from ${from} to ${to}, else ${limit.otherwise}`;
}

function concerned({ class: kind = "marketing" }: Pick<Cap, "class">): string {
  return kind === "all" ? "messages" : `${kind} messages`;
}
