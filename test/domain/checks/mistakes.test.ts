/**
 * Mistakes of people who write their first journeys, and the messages that they get. `test/data/mistakes.json` lists each
 * mistake as changes to the good documents of `bad-documents.json`. The first message must be enough to fix the mistake,
 * so a change of a message is a change of this file, which a person reads.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkJourney, checkTemplate } from "../../../lambdas/domain/checks/check-journey.ts";
import { withModel } from "../../../lambdas/domain/checks/check-model.ts";

type Members = Record<string, unknown>;

interface Mistake {
  readonly mistake: string;
  readonly kind: "journey" | "template";
  /** By path. `null` removes a member; "NULL" stands for null. */
  readonly patch: Members;
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../data/${name}.json`, import.meta.url), "utf8"));
const mistakes: readonly Mistake[] = read("mistakes");
const { base }: { readonly base: Record<Mistake["kind"], Members> } = read("bad-documents");

function patched({ kind, patch }: Mistake): Members {
  const document = structuredClone(base[kind]);
  for (const [path, value] of Object.entries(patch)) {
    const names = path.split(".");
    const last = names.pop() ?? "";
    const place = names.reduce((at, name) => at[name] as Members, document);
    if (value === null) delete place[last];
    else place[last] = JSON.parse(JSON.stringify(value).replaceAll('"NULL"', "null"));
  }
  return document;
}

test("there are at least sixty mistakes, each once", () => {
  expect(new Set(mistakes.map(({ mistake }) => mistake)).size).toBe(mistakes.length);
  expect(mistakes.length).toBeGreaterThanOrEqual(60);
});

test.each(mistakes.map((row) => [row.mistake, row] as const))("%s", (_, row) => {
  const document = patched(row);
  const checked =
    row.kind === "journey" ? withModel(checkJourney(document, new Set(["hello"]))) : checkTemplate(document);
  const problems = "problems" in checked ? checked.problems : checked.warnings;
  expect(problems.map(({ path, message }) => ({ path, message }))).toEqual(row.problems);
  expect(problems.length).toBeGreaterThan(0);
});
