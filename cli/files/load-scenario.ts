/**
 * A scenario from a file. `journeys`, `templates` and edits may contain documents, or names of files relative to the
 * scenario, so that a scenario can run the documents that are deployed.
 */
import { dirname, isAbsolute, join } from "node:path";
import type { Problem } from "../../lambdas/domain/documents/problem.ts";
import { items, type Members, members } from "../../lambdas/domain/documents/unchecked-document.ts";
import { checkScenario, type Scenario } from "../../simulator/scenario.ts";
import { type Io, UsageError } from "../terminal/io.ts";
import type { FileProblem } from "./check-files.ts";
import { readDocument } from "./document.ts";

export interface LoadedScenario {
  readonly scenario: Scenario;
  /** The files of its entries, by the paths of the entries, such as `journeys[0]`. */
  readonly files: ReadonlyMap<string, string>;
}

export type Loaded = LoadedScenario | { readonly file: string; readonly problems: readonly Problem[] };

export function loadScenario(path: string, io: Io): Loaded {
  const read = readDocument(path, io);
  if ("problems" in read) return { file: path, problems: read.problems };
  const files = new Map<string, string>();
  const broken: { file: string; problems: readonly Problem[] }[] = [];
  const whole: Whole = (entry, place) => {
    if (typeof entry !== "string") return entry;
    const file = isAbsolute(entry) ? entry : join(dirname(path), entry);
    files.set(place, file);
    const document = readNamed(file, `${path} (${place})`, io);
    if ("value" in document) return document.value;
    broken.push({ file, problems: document.problems });
    return {};
  };
  const { value } = read;
  const checked = checkScenario(members(value) === value ? filled(value as Members, whole) : value);
  const [first] = broken;
  if (first) return first;
  return "value" in checked ? { scenario: checked.value, files } : { file: path, problems: checked.problems };
}

type Whole = (entry: unknown, place: string) => unknown;

/** The scenario with documents in place of file names. */
function filled(scenario: Members, whole: Whole): Members {
  const list = (name: string, each: Whole): Members =>
    Array.isArray(scenario[name])
      ? { [name]: items(scenario[name]).map(([index, entry]) => each(entry, `${name}[${index}]`)) }
      : {};
  const edit: Whole = (entry, place) => {
    if (members(entry) !== entry) return entry;
    const named = Object.entries(entry as Members).filter(([name]) => name === "journey" || name === "template");
    return {
      ...(entry as Members),
      ...Object.fromEntries(named.map(([name, document]) => [name, whole(document, `${place}.${name}`)])),
    };
  };
  return { ...scenario, ...list("journeys", whole), ...list("templates", whole), ...list("edits", edit) };
}

function readNamed(file: string, by: string, io: Io): ReturnType<typeof readDocument> {
  try {
    return readDocument(file, io);
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`${error.message} It is named in ${by}.`) : error;
  }
}

/** Problems of a scenario's documents, with the files of the documents. */
export function inFiles(problems: readonly Problem[], files: LoadedScenario["files"], scenario: string): FileProblem[] {
  return problems.map((problem) => {
    const [, place = "", path = ""] = /^(\w+\[\d+\])\.?(.*)$/s.exec(problem.path) ?? [];
    const file = files.get(place);
    return file === undefined ? { file: scenario, ...problem } : { file, ...problem, path };
  });
}
