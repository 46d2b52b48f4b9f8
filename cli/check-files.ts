/** Checks journeys and templates together: what one names, another may be. */
import { checkJourney, checkTemplate } from "../lambdas/domain/check-journey.ts";
import type { Problem } from "../lambdas/domain/problem.ts";
import { type Kind, kindOf, readDocument, unknownDocument } from "./document.ts";
import type { Io } from "./io.ts";

export interface FileProblem extends Problem {
  readonly file: string;
}

interface Opened {
  readonly file: string;
  readonly kind?: Kind;
  readonly value?: unknown;
  readonly problems: readonly Problem[];
}

export function checkFiles(files: readonly string[], io: Io): { file: string; problems: FileProblem[] }[] {
  const opened = files.map((file): Opened => {
    const read = readDocument(file, io);
    if ("problems" in read) return { file, problems: read.problems };
    const kind = kindOf(read.value);
    return kind ? { file, kind, value: read.value, problems: [] } : { file, problems: [unknownDocument(read.value)] };
  });
  const templates = new Set(opened.filter(({ kind }) => kind === "template").map(({ value }) => idOf(value)));
  return opened.map((document, index) => {
    const found = [
      ...document.problems,
      ...duplicate(document, opened.slice(0, index)),
      ...problemsOf(document, templates),
    ];
    return { file: document.file, problems: found.map((problem) => ({ file: document.file, ...problem })) };
  });
}

function problemsOf({ kind, value }: Opened, templates: ReadonlySet<string>): readonly Problem[] {
  if (!kind) return [];
  const checked = kind === "template" ? checkTemplate(value) : checkJourney(value, templates);
  return "problems" in checked ? checked.problems : [];
}

function duplicate({ kind, value }: Opened, before: readonly Opened[]): Problem[] {
  const twin = kind && before.find((other) => other.kind === kind && idOf(other.value) === idOf(value));
  if (!twin || idOf(value) === "") return [];
  return [
    {
      path: "id",
      code: "duplicate-id",
      message: `The ${kind} "${idOf(value)}" is also in ${twin.file}. Give one another id.`,
    },
  ];
}

function idOf(value: unknown): string {
  const id = typeof value === "object" && value !== null ? (value as { id?: unknown }).id : undefined;
  return typeof id === "string" ? id : "";
}
