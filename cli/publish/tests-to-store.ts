/**
 * The journey tests that `publish` stores with the journeys: test files that the command line names, and test files in
 * the folders. A test belongs to each journey that it contains.
 */
import { basename } from "node:path";
import { type StoredTest, TEST } from "../../lambdas/domain/journey/stored-test.ts";
import { type Json, same } from "../../lambdas/domain/values/json.ts";
import { journeysOf, storedTest } from "../../proof/gate/stored-test.ts";
import type { Stack } from "../../stack/stack.ts";
import type { FileProblem } from "../files/check-files.ts";
import { filesIn } from "../files/document-files.ts";
import { loadJourneyTest } from "../files/load-scenario.ts";
import type { Io } from "../terminal/io.ts";

const SUFFIX = ".test.json";

/** The most bytes of a stored test, because an item of DynamoDB has at most 400 KB. */
const MOST_BYTES = 390_000;

export const isTestFile = (name: string) => name.endsWith(SUFFIX);

export interface TestsToStore {
  readonly tests: readonly StoredTest[];
  readonly problems: readonly FileProblem[];
}

export function testsToStore(names: readonly string[], journeyIds: readonly string[], io: Io): TestsToStore {
  const tests = new Map<string, StoredTest>();
  const problems: FileProblem[] = [];
  for (const file of journeyIds.length > 0 ? testFilesIn(names, io) : []) {
    const loaded = loadJourneyTest(file, io);
    if ("problems" in loaded) {
      problems.push(...loaded.problems.map((problem) => ({ file: loaded.file, ...problem })));
      continue;
    }
    const name = basename(file, SUFFIX);
    for (const id of journeysOf(loaded.scenario).filter((id) => journeyIds.includes(id))) {
      const test = storedTest(id, name, loaded.scenario);
      const wrong = wrongWith(test, name, tests.has(keyOf(test)));
      if (wrong) problems.push({ file, path: "", ...wrong });
      tests.set(keyOf(test), test);
    }
  }
  return { tests: [...tests.values()], problems };
}

function testFilesIn(names: readonly string[], io: Io): string[] {
  return [...new Set(names.flatMap((name) => (filesIn(name, io) ?? [name]).filter(isTestFile)))];
}

const keyOf = ({ id, version }: StoredTest) => `${id} ${version}`;

function wrongWith(test: StoredTest, name: string, isThere: boolean): { code: string; message: string } | undefined {
  if (isThere)
    return { code: "duplicate-id", message: `Another test of ${test.id} is called ${name}. Rename one of the files.` };
  if (Buffer.byteLength(JSON.stringify(test)) > MOST_BYTES)
    return {
      code: "too-large",
      message: "The test is larger than 390 KB, so it cannot be stored. Divide its scenario.",
    };
  return undefined;
}

/**
 * Replaces the stored tests of a journey with the tests of the files. When no file is a test of this journey, the
 * stored tests stay. Returns the names of the stored tests.
 */
export async function storeTests(journeyId: string, all: readonly StoredTest[], stack: Stack): Promise<string[]> {
  const tests = all.filter(({ id }) => id === journeyId);
  const before = await stack.tests(journeyId);
  if (tests.length === 0) return before.map(nameOf);
  for (const test of tests) {
    const stored = before.find(({ version }) => version === test.version);
    if (!stored || !same(stored as Json, test as Json)) await stack.putTest(test);
  }
  for (const stored of before)
    if (!tests.some(({ version }) => version === stored.version)) await stack.deleteTest(stored);
  return tests.map(nameOf);
}

const nameOf = ({ version }: StoredTest) => version.slice(TEST.length);
