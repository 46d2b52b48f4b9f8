/**
 * Recognizes documents in another form, and exports of other systems. Without this, a reader would get a list of
 * unknown members, and not the one sentence that says what to do.
 */
import type { Problem } from "../../lambdas/domain/documents/problem.ts";
import { items, type Members, members } from "../../lambdas/domain/documents/unchecked-document.ts";
import { kindOf } from "./document-kind.ts";

/** `undefined` when the value is in no form that is recognized here. */
export function foreignForm(value: unknown): Problem | undefined {
  for (const [code, recognize] of Object.entries(forms)) {
    const message = recognize(value);
    if (message !== undefined) return { path: "", code, message };
  }
  return undefined;
}

/** The forms by the code of their problem. The first form that fits counts. */
const forms: Readonly<Record<string, (value: unknown) => string | undefined>> = {
  "dynamodb-json": (value) =>
    isTyped(value) || isTyped(members(value).Item) || items(members(value).Items).some(([, item]) => isTyped(item))
      ? 'This is the form in which DynamoDB transfers items, with a type for each value ({ "S": … }). Write the plain values; journeys export writes them.'
      : undefined,

  "foreign-journey": (value) => {
    const found = Object.entries(systems).find(([, { fits }]) => fits(members(value)) || fits(inner(value)));
    if (!found) return undefined;
    const [name, { parts }] = found;
    return `This is a journey of ${name}, which cannot be read here. Write it anew in this format: ${parts}. docs/journey-format.md describes each component.`;
  },

  "json-in-text": (value) =>
    typeof value === "string" && /^\s*[[{]/.test(value)
      ? "This is a text that contains JSON. Write the JSON itself, without the outer quotes."
      : undefined,

  "list-of-documents": (value) => {
    const found = items(value).flatMap(([, item]) => kindOf(item) ?? []);
    if (found.length === 0) return undefined;
    return `This is a list with ${found.length === 1 ? `one ${found[0]}` : `${found.length} documents`}. A file holds one document: write each document in a file of its own, without the list.`;
  },

  "wrapped-document": (value) => {
    if (kindOf(value) !== undefined) return undefined;
    const found = Object.entries(members(value)).find(([, member]) => kindOf(member) !== undefined);
    return (
      found &&
      `The ${kindOf(found[1])} is inside the member "${found[0]}". Write only what is inside this member, without the member itself.`
    );
  },
};

const types = new Set(["S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS"]);

/** Whether every member is an object with one type of DynamoDB as its only name. */
function isTyped(value: unknown): boolean {
  const all = Object.values(members(value));
  return (
    all.length > 0 &&
    all.every((member) => {
      const [name, ...more] = Object.keys(members(member));
      return name !== undefined && more.length === 0 && types.has(name);
    })
  );
}

/** An export often has the journey in its only member, or in the first item of a list there. */
function inner(value: unknown): Members {
  const [only, ...more] = Object.values(members(value));
  if (more.length > 0) return {};
  return members(Array.isArray(only) ? only[0] : only);
}

interface System {
  readonly fits: (document: Members) => boolean;
  /** The names that this format uses for the parts of that system. */
  readonly parts: string;
}

const has = (document: Members, ...names: string[]) => names.every((name) => document[name] !== undefined);

const systems: Readonly<Record<string, System>> = {
  "Amazon Pinpoint": {
    fits: (document) =>
      has(document, "Activities") && (has(document, "StartActivity") || has(document, "StartCondition")),
    parts:
      "StartCondition becomes the trigger, an EMAIL activity sendTemplate, a Wait wait, a ConditionalSplit condition or messageStatusRule, a RandomSplit split",
  },
  "Customer.io": {
    fits: (document) =>
      Array.isArray(document.actions) &&
      (has(document, "deduplicate_id") || has(document, "trigger_segment_ids") || has(document, "event_name")),
    parts:
      "the campaign's trigger becomes the trigger, an email action sendTemplate, a time delay wait, a branch condition, the conversion criteria a goal",
  },
  Dittofeed: {
    fits: (document) => [document, members(document.definition)].some((each) => has(each, "entryNode", "nodes")),
    parts:
      "the EntryNode becomes the trigger, a MessageNode sendTemplate, a DelayNode wait, a SegmentSplitNode condition, a WaitForNode waitFor",
  },
  PostHog: {
    fits: (document) =>
      Array.isArray(document.actions) && (Array.isArray(document.edges) || has(document, "exit_condition")),
    parts:
      "the trigger action becomes the trigger, function_email sendTemplate, delay wait, conditional_branch condition, wait_until_condition waitFor, random_cohort_branch split",
  },
  Mautic: {
    fits: (document) =>
      Array.isArray(document.events) &&
      (has(document, "canvasSettings") ||
        has(document, "canvas_settings") ||
        document.events.some((event) => has(members(event), "eventType") || has(members(event), "event_type"))),
    parts:
      "the campaign's source becomes the trigger, an email.send event sendTemplate, a delay of an event wait, a decision messageStatusRule, a condition condition",
  },
};
