/** The kind of a document: a journey, a template, a layout or partial of templates, or a segment. */
import type { Problem } from "../../lambdas/domain/documents/problem.ts";
import { items, members } from "../../lambdas/domain/documents/unchecked-document.ts";
import { isSharedKind, type SharedKind } from "../../lambdas/domain/messages/shared-text.ts";
import { SEGMENT } from "../../lambdas/domain/segments/segment.ts";
import { didYouMean } from "../../lambdas/domain/values/did-you-mean.ts";

export type DocumentKind = "journey" | "template" | "segment" | SharedKind;

const typicalMembers = {
  journey: ["trigger", "components", "start"],
  template: ["channel", "subject", "html", "text"],
} as const;

/** The kind of a document, by its `kind` or by members that only this kind has; `undefined` when it has neither. */
export function kindOf(value: unknown): DocumentKind | undefined {
  const { kind } = members(value);
  if (isSharedKind(kind) || kind === SEGMENT) return kind;
  const names = membersOf(value);
  const has = (kind: keyof typeof typicalMembers) =>
    typicalMembers[kind].filter((member) => names.includes(member)).length;
  const [journey, template] = [has("journey"), has("template")];
  if (journey === 0 && template === 0) return undefined;
  return journey >= template ? "journey" : "template";
}

function membersOf(value: unknown): string[] {
  return Object.keys(members(value));
}

export function unknownDocument(value: unknown): Problem {
  const names = membersOf(value);
  const hint = names
    .map((member) => didYouMean(member, [...typicalMembers.journey, ...typicalMembers.template]))
    .find((hint) => hint.includes("Did"));
  const message =
    "This is neither a journey (it has no trigger and no components) nor a template (it has no channel) nor a layout, a partial or a segment (it has no kind).";
  const what = lookalikeOf(value);
  const looks = what && ` It looks like ${what}${advice[what] ?? ""}.`;
  return { path: "", code: "unknown-document", message: `${message}${looks ?? hint ?? ""}` };
}

const advice: Readonly<Record<string, string>> = {
  "a JSON Schema": ", which is for editors",
  "a scenario": ": run it with journeys simulate",
  "a journey test": ": run it with journeys test",
};

/** The kind of another JSON file of the project, which a person may confuse with a document. */
export function lookalikeOf(value: unknown): string | undefined {
  const names = membersOf(value);
  if (kindOf(value) !== undefined) return undefined;
  if (names.includes("$defs")) return "a JSON Schema";
  if (names.includes("expect")) return "a journey test";
  if (names.includes("journeys") || (names.includes("events") && isScenario(value))) return "a scenario";
  return isExpectedOutcome(value) ? "the expected outcome of a scenario" : undefined;
}

/** Events of a scenario have a time of delivery. */
function isScenario(value: unknown): boolean {
  const [first] = items(members(value).events);
  return first === undefined || membersOf(first[1]).includes("at") || membersOf(first[1]).includes("customerId");
}

/** Such as `expected.json` of the examples: a list of sentences for each customer. */
function isExpectedOutcome(value: unknown): boolean {
  const customers = Object.values(members(members(value).customers));
  return customers.length > 0 && customers.every((lines) => items(lines).every(([, line]) => typeof line === "string"));
}
