/**
 * The files that a command checks or publishes, from the names on the command line. A folder stands for the documents
 * in it and in its folders. A shell turns `examples/abandoned-cart/*.json` into names of documents and of other files, so
 * files that are clearly something else, such as a scenario, are skipped with a note.
 */
import { join } from "node:path";
import { kindOf, lookalikeOf } from "../../insight/documents/document-kind.ts";
import { foreignForm } from "../../insight/documents/foreign-forms.ts";
import { UsageError } from "../../stack/usage-error.ts";
import type { Io } from "../terminal/io.ts";
import { readDocument } from "./document.ts";

export function documentFiles(names: readonly string[], io: Io): string[] {
  const files: string[] = [];
  const skipped: { readonly file: string; readonly what: string }[] = [];
  for (const name of new Set(names)) {
    const inside = filesIn(name, io);
    if (inside) {
      const documents = inside.filter((file) => mayBeDocument(file, io));
      if (documents.length === 0) throw new UsageError(`The folder ${name} has no journeys and templates.`);
      files.push(...documents);
      continue;
    }
    const what = lookalike(name, io);
    if (what === undefined) files.push(name);
    else skipped.push({ file: name, what });
  }
  // Without any document, the check of these files says what they are.
  if (files.length === 0) return skipped.map(({ file }) => file);
  for (const { file, what } of skipped) io.err(`Skipped ${file}: it is ${what}.`);
  return [...new Set(files)];
}

/** The JSON files in a folder and in its folders; `undefined` when the name is not a folder. */
export function filesIn(name: string, io: Io): string[] | undefined {
  const entries = entriesOf(name, io);
  return entries?.toSorted().flatMap((entry) => {
    if (entry.startsWith(".") || entry === "node_modules") return [];
    const path = join(name, entry);
    return entry.endsWith(".json") ? [path] : (filesIn(path, io) ?? []);
  });
}

function entriesOf(name: string, io: Io): readonly string[] | undefined {
  try {
    return io.list(name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOTDIR" || code === "ENOENT") return undefined;
    throw new UsageError(`${name} cannot be read as a folder (${code ?? (error as Error).message}). Name another.`);
  }
}

/** A file in a folder that is not JSON may be a broken document, and its check says so. */
function mayBeDocument(file: string, io: Io): boolean {
  if (/\.(journey|template|layout|partial|segment)\.json$/.test(file)) return true;
  const read = readDocument(file, io);
  if ("problems" in read) return true;
  const { value } = read;
  return lookalikeOf(value) === undefined && (kindOf(value) !== undefined || foreignForm(value) !== undefined);
}

function lookalike(file: string, io: Io): string | undefined {
  const read = readDocument(file, io);
  return "problems" in read ? undefined : lookalikeOf(read.value);
}
