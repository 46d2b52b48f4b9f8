/**
 * A scenario from a file. `journeys`, `templates`, `segments` and edits may contain documents, or names of files relative to the
 * scenario, so that a scenario can run the documents that are deployed.
 */
import { dirname, isAbsolute, join } from "node:path";
import { type DocumentKind, kindOf } from "../../insight/documents/document-kind.ts";
import { foreignForm } from "../../insight/documents/foreign-forms.ts";
import { type PlacedProblem, placed } from "../../insight/documents/places.ts";
import type { Problem } from "../../lambdas/domain/documents/problem.ts";
import { items, type Members, members } from "../../lambdas/domain/documents/unchecked-document.ts";
import { checkJourneyTest, type JourneyTest } from "../../proof/expectations/journey-test.ts";
import { checkScenario, type Scenario } from "../../simulator/scenario.ts";
import { UsageError } from "../../stack/usage-error.ts";
import type { Io } from "../terminal/io.ts";
import type { FileProblem } from "./check-files.ts";
import { readDocument } from "./document.ts";
import { withoutConsequences } from "./without-consequences.ts";

export interface LoadedScenario<S = Scenario> {
  readonly scenario: S;
  /** The text of the scenario. */
  readonly text: string;
  /** The files of its entries, by the paths of the entries, such as `journeys[0]`. */
  readonly files: ReadonlyMap<string, NamedFile>;
  /** The members that the file itself has. */
  readonly own: ReadonlySet<string>;
  /** The scenario that a journey test names. */
  readonly base?: NamedFile | undefined;
}

interface NamedFile {
  readonly file: string;
  readonly text: string;
}

interface Failed {
  readonly file: string;
  readonly problems: readonly PlacedProblem[];
}

export type Loaded<S = Scenario> = LoadedScenario<S> | Failed;

/** Of a journey test, the scenario without the expectations. */
export function loadScenario(path: string, io: Io): Loaded {
  return load(path, checkedScenario, io);
}

export function loadJourneyTest(path: string, io: Io): Loaded<JourneyTest> {
  return load(path, checkJourneyTest, io);
}

const checkedScenario: Check<Scenario> = (input) => {
  if (members(input).expect === undefined) return checkScenario(input);
  const checked = checkJourneyTest(input);
  if ("problems" in checked) return checked;
  const { name: _, expect: __, ...scenario } = checked.value;
  return { value: scenario };
};

type Check<S> = (input: unknown) => { value: S } | { problems: readonly Problem[] };

function load<S>(path: string, check: Check<S>, io: Io): Loaded<S> {
  const read = readDocument(path, io);
  if ("problems" in read) return { file: path, problems: read.problems };
  const kind = kindOf(read.value);
  const { journeys, events, expect } = members(read.value);
  if (kind && [journeys, events, expect].every((each) => each === undefined))
    return { file: path, problems: placed([notAScenario(kind)], read.text) };
  const files = new Map<string, NamedFile>();
  const broken: { file: string; problems: readonly PlacedProblem[] }[] = [];
  const whole: Whole = (entry, place) => {
    if (typeof entry !== "string") return entry;
    const file = isAbsolute(entry) ? entry : join(dirname(path), entry);
    const document = readNamed(file, `${path} (${place})`, io);
    const { text, value } = document;
    files.set(place, { file, text });
    const foreign = "problems" in document ? undefined : foreignForm(value);
    const problems = "problems" in document ? document.problems : foreign ? placed([foreign], text) : [];
    if (problems.length === 0) return value;
    broken.push({ file, problems });
    return {};
  };
  const { value, text } = read;
  const base = baseOf(value, path, io);
  if (base && "problems" in base) return base;
  for (const [place, named] of base?.files ?? []) files.set(place, named);
  const own = members(value) === value ? filled(value as Members, whole) : value;
  const { scenario: _, ...rest } = members(own);
  const checked = check(base ? { ...base.scenario, ...rest } : own);
  const [first] = broken;
  if (first) return first;
  if ("value" in checked)
    return { scenario: checked.value, text, files, own: new Set(Object.keys(rest)), ...(base && { base }) };
  return { file: path, problems: placed(checked.problems, text) };
}

const notAScenario = (kind: DocumentKind): Problem => ({
  path: "",
  code: "not-a-scenario",
  message: `This is a ${kind}. A scenario names it and says what customers do: { "journeys": ["./journey.json"], "templates": ["./template.json"], "customers": […], "events": […] }.`,
});

/**
 * The scenario that a journey test names as `scenario`. Members of the test replace members of the scenario with the
 * same name.
 */
function baseOf(test: unknown, path: string, io: Io): (NamedFile & LoadedScenario) | Failed | undefined {
  const { scenario, expect } = members(test);
  if (expect === undefined || typeof scenario !== "string") return undefined;
  const file = isAbsolute(scenario) ? scenario : join(dirname(path), scenario);
  const loaded = load(file, checkScenario, io);
  return "problems" in loaded ? loaded : { ...loaded, file };
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
  return {
    ...scenario,
    ...list("journeys", whole),
    ...list("templates", whole),
    ...list("segments", whole),
    ...list("edits", edit),
  };
}

function readNamed(file: string, by: string, io: Io): ReturnType<typeof readDocument> {
  try {
    return readDocument(file, io);
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`${error.message} It is named in ${by}.`) : error;
  }
}

/** Problems of a scenario's documents, with the files of the documents and the places in them. */
export function inFiles(
  problems: readonly Problem[],
  { files, text, own, base, scenario: simulated }: LoadedScenario,
  scenario: string,
): FileProblem[] {
  return withoutConsequences(problems, simulated).flatMap((problem) => {
    const [, entry = "", path = ""] =
      /^(\w+\[\d+\](?:\.(?:journey|template)(?=\.|$))?)\.?(.*)$/s.exec(problem.path) ?? [];
    const named = files.get(entry);
    if (named) return placed([{ ...problem, path }], named.text).map((each) => ({ file: named.file, ...each }));
    const [member = ""] = problem.path.split(/[.[]/);
    const place = base && !own.has(member) ? base : { file: scenario, text };
    return placed([problem], place.text).map((each) => ({ file: place.file, ...each }));
  });
}
