/**
 * The tests that are stored with the journeys, as files that `journeys test` runs and `journeys import` stores again. In
 * place of the documents that are exported too, a test names their files.
 *
 * A test of two journeys is stored with each of them, and becomes one file. If several journeys use one name for different
 * tests, the id of the journey is added to the names.
 */
import { namedTemplates } from "../../lambdas/domain/checks/check-references.ts";
import { items, members } from "../../lambdas/domain/documents/unchecked-document.ts";
import { type StoredTest, TEST } from "../../lambdas/domain/journey/stored-test.ts";
import { canonical, type Json } from "../../lambdas/domain/values/json.ts";
import type { Item, Stack } from "../../stack/stack.ts";

interface Exported {
  readonly journeys: readonly Item[];
  readonly templates: readonly Item[];
  /** Layouts and partials. */
  readonly shared: readonly Item[];
}

/** The tests with the names of their files, without `.test.json`. */
export async function exportedTests(documents: Exported, stack: Pick<Stack, "tests">): Promise<[string, Item][]> {
  const stored: StoredTest[] = [];
  for (const { id } of documents.journeys) stored.push(...(await stack.tests(String(id))));
  const same = Map.groupBy(stored, ({ id: _, journeys: __, ...test }) => canonical(test as Json));
  const groups = [...same.values()].map((tests) => ({ name: nameOf(tests), tests }));
  return groups.map(({ name, tests }) => {
    const isClear = groups.every((other) => other.tests === tests || other.name !== name);
    return [isClear ? name : `${name}.${String(tests[0]?.id)}`, testFile(tests, documents)];
  });
}

const nameOf = ([test]: readonly StoredTest[]) => String(test?.version).slice(TEST.length);

/** `tests`: one test, as it is stored with each of its journeys. */
function testFile(tests: readonly StoredTest[], { journeys, templates, shared }: Exported): Item {
  const { id: _, version: __, journeys: ___, ...test } = Object.assign({}, tests[0]);
  const others = tests.flatMap((each) => items(each.journeys).map(([, document]) => document));
  const named = new Set([...tests.map(({ id }) => id), ...others.map((document) => String(members(document).id))]);
  const inside = journeys.filter(({ id }) => named.has(String(id)));
  const elsewhere = others.filter((document) => !journeys.some(({ id }) => id === members(document).id));
  const used = new Set([...inside, ...elsewhere].flatMap(namedTemplates));
  return {
    ...test,
    journeys: [...inside.map(({ id }) => `${id}.journey.json`), ...elsewhere],
    templates: [
      ...templates.filter(({ id }) => used.has(String(id))).map(({ id }) => `${id}.template.json`),
      ...shared.map(({ id, kind }) => `${id}.${kind}.json`),
    ],
  };
}
