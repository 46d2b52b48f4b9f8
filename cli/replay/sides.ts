/**
 * The documents of both sides of a replay: the documents with which the drafts are compared, and the same documents
 * with the drafts in their place.
 */
import { contentOf } from "../../insight/documents/document-text.ts";
import { classesOf } from "../../lambdas/domain/checks/check-limits.ts";
import { idOf } from "../../lambdas/domain/documents/unchecked-document.ts";
import type { Documents } from "../../proof/replay/replayer.ts";
import type { Stack } from "../../stack/stack.ts";
import { type CheckedFile, checkFiles, type FileProblem } from "../files/check-files.ts";
import { documentFiles } from "../files/document-files.ts";
import type { Io } from "../terminal/io.ts";

type Document = Readonly<Record<string, unknown>>;

export interface DocumentSet {
  readonly journeys: readonly Document[];
  /** Layouts and partials too. */
  readonly templates: readonly Document[];
  readonly segments: readonly Document[];
}

/** The live journeys of the stack, with the templates and segments that admins have saved. */
export async function liveDocuments(stack: Stack): Promise<DocumentSet> {
  const [pointers, templates, shared, segments] = await Promise.all([
    stack.pointers(),
    stack.templates(),
    stack.sharedTexts(),
    stack.segments(),
  ]);
  const journeys = pointers.map(async ({ journeyId, number, status }) => {
    const version = await stack.version(journeyId, number);
    return version ? [{ ...contentOf(version), id: journeyId, status }] : [];
  });
  return {
    journeys: (await Promise.all(journeys)).flat(),
    templates: [...shared, ...templates].map(contentOf),
    segments: segments.map(contentOf),
  };
}

/** The documents in files, or their problems. `around`: documents that these documents may name. */
export function documentsIn(
  names: readonly string[],
  io: Io,
  around: DocumentSet = { journeys: [], templates: [], segments: [] },
): DocumentSet | { readonly problems: readonly FileProblem[] } {
  const templates = around.templates.filter(({ kind }) => kind === undefined);
  const checked = checkFiles(documentFiles(names, io), io, classesOf(templates), {
    journeys: around.journeys,
    templates,
    shared: around.templates.filter(({ kind }) => kind !== undefined),
    segments: around.segments,
  });
  const problems = checked.flatMap((file) => file.problems);
  if (problems.length > 0) return { problems };
  const of = (...kinds: CheckedFile["kind"][]) =>
    checked.flatMap(({ kind, value }) => (kinds.includes(kind) ? [value as Document] : []));
  return { journeys: of("journey"), templates: of("layout", "partial", "template"), segments: of("segment") };
}

/**
 * A draft replaces the document with its id. A draft with the status `draft` is replayed as if it were active. A
 * template that exists only among the drafts is added to the other side too. This has no effect there, because only a
 * draft can name the template.
 */
export function sidesOf(against: DocumentSet, drafts: DocumentSet): { against: Documents; draft: Documents } {
  const active = drafts.journeys.map((draft) =>
    (draft.status ?? "draft") === "draft" ? { ...draft, status: "active" } : draft,
  );
  const draft = {
    journeys: replaced(against.journeys, active),
    templates: replaced(against.templates, drafts.templates),
    segments: replaced(against.segments, drafts.segments),
  };
  return {
    draft,
    against: {
      journeys: [...against.journeys],
      templates: replaced(drafts.templates, against.templates),
      segments: replaced(drafts.segments, against.segments),
    },
  };
}

function replaced(documents: readonly Document[], by: readonly Document[]): Document[] {
  const ids = new Set(by.map(idOf));
  return [...documents.filter((each) => !ids.has(idOf(each))), ...by];
}
