/** Documents with some members replaced, and their problems. */
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { checkJourney, checkTemplate } from "../../../lambdas/domain/checks/check-journey.ts";
import type { Problem } from "../../../lambdas/domain/documents/problem.ts";

export type Kind = "journey" | "template";

export type Members = Record<string, unknown>;

export interface Row {
  readonly name: string;
  readonly kind: Kind;
  /** A whole document, or changes to the good document by path. `null` removes a member; "NULL" stands for null. */
  readonly document?: unknown;
  readonly patch?: Members;
  readonly problems: readonly { path: string; code: string }[];
}

export interface Data {
  readonly base: Record<Kind, Members>;
  readonly templates: readonly string[];
  /** A misspelled word, and the word that the problem must suggest. */
  readonly nearMisses: readonly { wrong: string; kind: Kind; patch: Members; right: string }[];
  /** Good documents at the limits of what is allowed. The rows of `documents` go one step further. */
  readonly good: readonly Required<Pick<Row, "name" | "kind" | "patch">>[];
  readonly documents: readonly Row[];
}

export const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../data/${name}.json`, import.meta.url), "utf8"));

/** Documents with problems in topics, channels and limits, and good documents at the limits. */
export const { base, templates, nearMisses, ...all }: Data = read("bad-documents");

const more: Pick<Data, "good" | "documents"> = read("bad-message-rules");

export const good = [...all.good, ...more.good];

export const documents = [...all.documents, ...more.documents];

export const known = new Set(templates);

export function patched(kind: Kind, patch: Members): Members {
  const good = structuredClone(base[kind]);
  for (const [path, value] of Object.entries(patch)) {
    const names = path.split(".");
    const last = names.pop() ?? "";
    const place = names.reduce((at, name) => at[name] as Members, good);
    if (value === null) delete place[last];
    else define(place, last, JSON.parse(JSON.stringify(value).replaceAll('"NULL"', "null")));
  }
  return good;
}

/** Defines an own member of any name, as a JSON parser does. */
export function define(target: Members, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

export function problemsOf(kind: Kind, document: unknown): readonly Problem[] {
  const checked = kind === "journey" ? checkJourney(document, known) : checkTemplate(document);
  return "problems" in checked ? checked.problems : [];
}

export const places = (problems: readonly { path: string; code: string }[]) =>
  problems.map(({ path, code }) => `${path}: ${code}`).sort();

export function expectHelpful(problems: readonly Problem[]): void {
  for (const { message } of problems) {
    expect(message).toMatch(/^["A-Z].*[.?]$/s);
    expect(message).not.toMatch(/invalid input|undefined|\[object|NaN/i);
    expect(message.length).toBeLessThanOrEqual(400);
  }
}

export const tag = (component: object) => ({ "components.tag": component });
