/** Checks documents together: a journey may name a template of another file, and a template a layout. */
import { type DocumentKind, kindOf, unknownDocument } from "../../insight/documents/document-kind.ts";
import { foreignForm } from "../../insight/documents/foreign-forms.ts";
import { type PlacedProblem, placed } from "../../insight/documents/places.ts";
import { checkJourney, checkShared, checkTemplate } from "../../lambdas/domain/checks/check-journey.ts";
import { classesOf, type TemplateClasses } from "../../lambdas/domain/checks/check-limits.ts";
import { withModel } from "../../lambdas/domain/checks/check-model.ts";
import { checkSegment } from "../../lambdas/domain/checks/check-segment.ts";
import { channelsOf } from "../../lambdas/domain/checks/check-statuses.ts";
import { dataNamesOf, variablesOf } from "../../lambdas/domain/checks/check-variables.ts";
import type { Checked } from "../../lambdas/domain/checks/checked.ts";
import { isError, type Problem } from "../../lambdas/domain/documents/problem.ts";
import { idOf, members } from "../../lambdas/domain/documents/unchecked-document.ts";
import { sharedTextsOf } from "../../lambdas/domain/messages/shared-text.ts";
import { segmentsAmong } from "../../lambdas/domain/segments/segment.ts";
import type { Io } from "../terminal/io.ts";
import { readDocument } from "./document.ts";

export type FileProblem = PlacedProblem & { readonly file: string };

export interface CheckedFile {
  readonly file: string;
  /** The kind of document; absent when the file is no document. */
  readonly kind?: DocumentKind;
  readonly value?: unknown;
  /** The errors. Without one, the document may be saved. */
  readonly problems: readonly FileProblem[];
  readonly warnings: readonly FileProblem[];
}

interface Opened {
  readonly file: string;
  readonly text: string;
  readonly kind?: DocumentKind;
  readonly value?: unknown;
  readonly problems: readonly PlacedProblem[];
}

/** Documents of a stack. The files are checked together with them; a file replaces the document with its id. */
export interface StackDocuments {
  readonly templates: readonly unknown[];
  readonly journeys: readonly unknown[];
  /** The layouts and partials. */
  readonly shared: readonly unknown[];
  readonly segments: readonly unknown[];
}

/** `known`: templates that journeys may name, besides the templates among the files. Default: none. */
export function checkFiles(
  files: readonly string[],
  io: Io,
  known: TemplateClasses = new Map(),
  stack: StackDocuments = { templates: [], journeys: [], shared: [], segments: [] },
): CheckedFile[] {
  const opened = [...new Set(files)].map((file) => open(file, io));
  const templates = new Map(classesOf(opened.filter(({ kind }) => kind === "template").map(({ value }) => value)));
  for (const [id, kind] of known) if (!templates.has(id)) templates.set(id, kind);
  templates.delete("");
  const together = (kind: DocumentKind, others: readonly unknown[]) => {
    const values = opened.filter((each) => each.kind === kind).map(({ value }) => value);
    const ids = new Set(values.map(idOf));
    return [...others.filter((other) => !ids.has(idOf(other))), ...values];
  };
  const shared = { ...sharedTextsOf(stack.shared), ...sharedTextsOf(opened.map(({ value }) => value)) };
  const variables = variablesOf(together("template", stack.templates).map((each) => ({ ...members(each), shared })));
  const channels = channelsOf(together("template", stack.templates));
  const dataNames = dataNamesOf(together("journey", stack.journeys));
  const segments = segmentsAmong(together("segment", stack.segments));
  return opened.map((document, index) => {
    const { kind, value } = document;
    const checks: Record<DocumentKind, () => Checked<unknown>> = {
      template: () => checkTemplate(value, dataNames.get(idOf(value)), shared),
      layout: () => checkShared(value, shared),
      partial: () => checkShared(value, shared),
      segment: () => checkSegment(value, segments),
      journey: () => withModel(checkJourney(value, templates, variables, channels, segments), templates, segments),
    };
    const checked = kind ? checks[kind]() : { problems: [] };
    const { file, text } = document;
    const problems: PlacedProblem[] = [
      ...document.problems,
      ...duplicate(document, opened.slice(0, index)),
      ...("problems" in checked ? checked.problems : checked.warnings),
    ];
    const found = placed(problems, text).map((problem) => ({ file, ...problem }));
    return {
      file,
      ...(kind && { kind, value }),
      problems: found.filter(isError),
      warnings: found.filter((problem) => !isError(problem)),
    };
  });
}

function open(file: string, io: Io): Opened {
  const read = readDocument(file, io);
  const { text, value } = read;
  if ("problems" in read) return { file, text, problems: read.problems };
  const kind = kindOf(value);
  const foreign = foreignForm(value) ?? (kind ? undefined : unknownDocument(value));
  return foreign ? { file, text, problems: [foreign] } : { file, text, ...(kind && { kind, value }), problems: [] };
}

function duplicate({ kind, value }: Opened, before: readonly Opened[]): Problem[] {
  const id = idOf(value);
  const twin = kind && before.find((other) => other.kind === kind && idOf(other.value) === id);
  if (!twin || id === "") return [];
  return [
    {
      path: "id",
      code: "duplicate-id",
      message: `The ${kind} "${id}" is also in ${twin.file}. Change one of the ids.`,
    },
  ];
}
