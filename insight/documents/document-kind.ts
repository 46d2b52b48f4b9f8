/** The kind of a document: a journey or a template. */
import type { Problem } from "../../lambdas/domain/documents/problem.ts";
import { didYouMean } from "../../lambdas/domain/values/did-you-mean.ts";

export type DocumentKind = "journey" | "template";

const typicalMembers: Record<DocumentKind, readonly string[]> = {
  journey: ["trigger", "components", "start"],
  template: ["channel", "subject", "html", "text"],
};

/** The kind of a document, by members that only this kind has; `undefined` when it has none of them. */
export function kindOf(value: unknown): DocumentKind | undefined {
  const members = membersOf(value);
  const has = (kind: DocumentKind) => typicalMembers[kind].filter((member) => members.includes(member)).length;
  const [journey, template] = [has("journey"), has("template")];
  if (journey === 0 && template === 0) return undefined;
  return journey >= template ? "journey" : "template";
}

function membersOf(value: unknown): string[] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}

export function unknownDocument(value: unknown): Problem {
  const members = membersOf(value);
  const hint = members
    .map((member) => didYouMean(member, [...typicalMembers.journey, ...typicalMembers.template]))
    .find((hint) => hint.includes("Did"));
  const message = "This is neither a journey (it has no trigger and no components) nor a template (it has no channel).";
  return { path: "", code: "unknown-document", message: `${message}${lookalike(members) ?? hint ?? ""}` };
}

/** Other JSON files of the project that a reader may confuse with a document. */
function lookalike(members: readonly string[]): string | undefined {
  if (members.includes("$defs")) return " It looks like a JSON Schema, which is for editors.";
  if (members.includes("journeys") || members.includes("events"))
    return " It looks like a scenario: run it with journeys simulate.";
  return undefined;
}
