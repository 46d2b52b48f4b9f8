/** `journeys publish FILE…`: saves documents in the stack and waits for the outcome of each. */

import { count } from "../../../insight/words/count.ts";
import { classesOf } from "../../../lambdas/domain/checks/check-limits.ts";
import { namedTemplates } from "../../../lambdas/domain/checks/check-references.ts";
import { idOf } from "../../../lambdas/domain/documents/unchecked-document.ts";
import type { Outcome } from "../../../stack/deployed/saving.ts";
import type { Stack } from "../../../stack/stack.ts";
import { UsageError } from "../../../stack/usage-error.ts";
import { type CheckedFile, checkFiles, type FileProblem } from "../../files/check-files.ts";
import { documentFiles } from "../../files/document-files.ts";
import { inOrder } from "../../publish/in-order.ts";
import { type Published, saved } from "../../publish/save-documents.ts";
import { isTestFile, testsToStore } from "../../publish/tests-to-store.ts";
import type { CliCommand, Given } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { jsonOption, onStack, stackOption } from "../../terminal/on-stack.ts";
import { showProblems } from "../../terminal/show-problems.ts";

export const publishCommand: CliCommand = {
  options: [
    ["--dry-run", "show the changes and the problems; save nothing"],
    ["--if-version <number>", "only if this version of the journey is live (0: none)"],
    stackOption,
    jsonOption,
  ],
  notes:
    "A folder stands for the documents in it; files that are no documents, such as scenarios, are skipped. All files are\nchecked first; if one has problems, nothing is saved. A document is saved after the documents that it names: segments,\nlayouts and partials first, journeys last. Journey tests among the files replace the tests that are stored with their journeys. An\nedit that another person saves at the same time is never overwritten; --if-version also protects older edits.",
  example: "journeys publish examples/abandoned-cart",
  run: (given, io) => publishFiles(given.operands, given, io),
};

export async function publishFiles(names: readonly string[], given: Given, io: Io): Promise<ExitCode> {
  const json = given.options.json === true;
  const documents = names.filter((name) => !isTestFile(name));
  // When only tests are named, the check of these files says that they are no documents.
  const files = documentFiles(documents.length > 0 ? documents : names, io);
  const offline = checkFiles(files, io);
  // The stack's templates, layouts and partials are not known yet, so all that are named count as existing.
  const named = new Map(
    offline
      .flatMap(({ kind, value }) => (kind === "journey" ? namedTemplates(value) : []))
      .map((id) => [id, undefined]),
  );
  const broken = problemsOf(checkFiles(files, io, named)).filter(({ code }) => !onStackOnly.has(code));
  const journeyIds = offline.filter(({ kind }) => kind === "journey").map(({ value }) => idOf(value));
  const tests = testsToStore(names, journeyIds, io);
  broken.push(...tests.problems);
  if (broken.length > 0) return refuse(broken, json, io);
  const onlyVersion = versionOf(given.options.ifVersion, offline);

  return onStack(given, io, async (stack) => {
    const [templates, journeys, shared, segments] = await Promise.all([
      stack.templates(),
      stack.journeys(),
      stack.sharedTexts(),
      stack.segments(),
    ]);
    const checked = checkFiles(files, io, classesOf(templates), { templates, journeys, shared, segments });
    const problems = problemsOf(checked);
    if (problems.length > 0) return refuse(problems, json, io);
    if (onlyVersion !== undefined) await demandVersion(onlyVersion, checked, stack);
    if (given.options.dryRun === true) return dryRun(checked, json, stack, io);
    const results: Published[] = [];
    for await (const result of saved(checked, tests.tests, stack)) {
      results.push(result);
      if (!json) show(result, io);
    }
    const ok = results.every(({ problems }) => problems.length === 0);
    const warnings = checked.flatMap(({ warnings }) => warnings);
    if (json) io.out(JSON.stringify({ ok, problems: [...results.flatMap(fileProblems), ...warnings], results }));
    else for (const { file, warnings } of checked) if (warnings.length > 0) showProblems(file, warnings, io);
    return ok ? 0 : 1;
  });
}

/** The stack would accept all files. */
async function dryRun(checked: readonly CheckedFile[], json: boolean, stack: Stack, io: Io): Promise<ExitCode> {
  const { compare } = await import("../../../stack/journeys/comparison.ts");
  const { showComparison } = await import("../../diff/show-comparison.ts");
  const results = await Promise.all(
    inOrder(checked).map(async (document) => ({ file: document.file, ...(await compare(document, stack)) })),
  );
  const warnings = checked.flatMap(({ warnings }) => warnings);
  if (json) io.out(JSON.stringify({ ok: true, problems: warnings, results }));
  else {
    for (const compared of results) showComparison(compared, io);
    for (const { file, warnings } of checked) if (warnings.length > 0) showProblems(file, warnings, io);
    io.out("This was a dry run: nothing was saved.");
  }
  return 0;
}

/** The codes of problems that only the stack can find. */
const onStackOnly: ReadonlySet<string> = new Set(["unknown-layout", "unknown-partial", "unknown-segment"]);

function versionOf(given: string | boolean | undefined, checked: readonly CheckedFile[]): number | undefined {
  if (given === undefined) return undefined;
  if (typeof given !== "string" || !/^\d+$/.test(given))
    throw new UsageError(`--if-version takes the number of a version, such as 3, not "${given}".`);
  if (checked.filter(({ kind }) => kind === "journey").length !== 1)
    throw new UsageError(
      "--if-version needs exactly one journey among the files. Publish the other journeys separately.",
    );
  return Number(given);
}

async function demandVersion(version: number, checked: readonly CheckedFile[], stack: Stack): Promise<void> {
  const { settled } = await import("../../../stack/deployed/saving.ts");
  const id = idOf(checked.find(({ kind }) => kind === "journey")?.value);
  const live = (await settled(stack, id))?.publication?.version ?? 0;
  if (live !== version)
    throw new UsageError(
      `Version ${live} of "${id}" is live, not ${version}: nothing was saved. Run journeys diff, then publish with --if-version ${live}.`,
    );
}

const problemsOf = (checked: readonly CheckedFile[]) => checked.flatMap(({ problems }) => problems);
const fileProblems = ({ file, problems }: Published): FileProblem[] =>
  problems.map((problem) => ({ file, ...problem }));

function refuse(problems: readonly FileProblem[], json: boolean, io: Io): ExitCode {
  if (json) io.out(JSON.stringify({ ok: false, problems, results: [] }));
  else {
    for (const [file, found] of Map.groupBy(problems, ({ file }) => file)) showProblems(file, found, io);
    io.out(`${count(problems.length, "problem")}. Nothing was saved.`);
  }
  return 1;
}

function show({ file, kind, id, state, version = 0, problems, tests = [] }: Published, io: Io): void {
  const tested = tests.length > 0 ? `; ${count(tests.length, "test")} stored` : "";
  showProblems(`${file}: ${kind} ${id} ${outcomeText[state](version)}${tested}`, problems, io);
}

export const outcomeText: Readonly<Record<Outcome["state"], (version: number) => string>> = {
  published: (version) => (version > 0 ? `is live as version ${version}` : "is live"),
  draft: (version) => `is saved as a draft${version > 0 ? `; no customer enters version ${version} any more` : ""}`,
  rejected: (version) => `is rejected; ${version > 0 ? `version ${version} stays live` : "what was live stays live"}`,
  unchanged: () => "is unchanged",
  conflict: () => "is not saved",
  unanswered: () => "is saved; the stack has not answered",
};
