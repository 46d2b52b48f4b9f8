/**
 * A scenario from a file. Besides whole documents, `journeys`, `templates` and edits may name files, relative to the
 * scenario, so that a scenario runs the very documents that are deployed.
 */
import { dirname, resolve } from "node:path";
import type { Problem } from "../lambdas/domain/problem.ts";
import { checkScenario, type Scenario } from "../simulator/scenario.ts";
import { readDocument } from "./document.ts";
import type { Io } from "./io.ts";

export type Loaded = { readonly scenario: Scenario } | { readonly file: string; readonly problems: readonly Problem[] };

class BrokenFile extends Error {
  readonly file: string;
  readonly problems: readonly Problem[];
  constructor(file: string, problems: readonly Problem[]) {
    super(`${file} has problems`);
    this.file = file;
    this.problems = problems;
  }
}

export function loadScenario(path: string, io: Io): Loaded {
  const open = (file: string): unknown => {
    const read = readDocument(file, io);
    if ("problems" in read) throw new BrokenFile(file, read.problems);
    return read.value;
  };
  const document = (entry: unknown): unknown =>
    typeof entry === "string" ? open(resolve(dirname(path), entry)) : entry;
  const documents = (list: unknown): unknown => (Array.isArray(list) ? list.map(document) : list);
  try {
    const raw = open(path);
    if (typeof raw !== "object" || raw === null) throw new BrokenFile(path, [notAScenario]);
    const { journeys, templates, edits, ...rest } = raw as Record<string, unknown>;
    const checked = checkScenario({
      ...rest,
      ...(journeys !== undefined && { journeys: documents(journeys) }),
      ...(templates !== undefined && { templates: documents(templates) }),
      ...(edits !== undefined && {
        edits: Array.isArray(edits) ? edits.map((edit) => withDocuments(edit, document)) : edits,
      }),
    });
    return "value" in checked ? { scenario: checked.value } : { file: path, problems: checked.problems };
  } catch (error) {
    if (error instanceof BrokenFile) return { file: error.file, problems: error.problems };
    throw error;
  }
}

const notAScenario: Problem = {
  path: "",
  code: "wrong-type",
  message: "A scenario is an object with journeys, templates, customers, events and so on.",
};

function withDocuments(edit: unknown, document: (entry: unknown) => unknown): unknown {
  if (typeof edit !== "object" || edit === null) return edit;
  const named = Object.entries(edit).map(([name, value]) => [
    name,
    name === "journey" || name === "template" ? document(value) : value,
  ]);
  return Object.fromEntries(named);
}
