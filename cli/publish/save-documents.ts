/** Saves documents in a deployed stack, one after the other, and yields the outcome of each. */
import type { DocumentKind } from "../../insight/documents/document-kind.ts";
import { idOf } from "../../lambdas/domain/documents/unchecked-document.ts";
import type { StoredTest } from "../../lambdas/domain/journey/stored-test.ts";
import type { Outcome } from "../../stack/deployed/saving.ts";
import type { Item, Stack } from "../../stack/stack.ts";
import type { CheckedFile } from "../files/check-files.ts";
import { inOrder } from "./in-order.ts";
import { storeTests } from "./tests-to-store.ts";

export interface Published extends Outcome {
  readonly file: string;
  readonly kind: DocumentKind;
  readonly id: string;
  /** The names of the tests that are stored with a journey. */
  readonly tests?: readonly string[];
}

/** Tests are stored before their journey is saved, because the stack may run them when it is. */
export async function* saved(
  checked: readonly CheckedFile[],
  tests: readonly StoredTest[],
  stack: Stack,
): AsyncGenerator<Published> {
  const { saveJourney } = await import("../../stack/deployed/saving.ts");
  const documents = inOrder(checked);
  yield* savedTexts(
    documents.filter(({ kind }) => kind !== "journey"),
    stack,
  );
  for (const { file, kind, value } of documents) {
    if (kind !== "journey") continue;
    const id = idOf(value);
    const stored = await storeTests(id, tests, stack);
    yield { file, kind, id, tests: stored, ...(await saveJourney(stack, value as Item)) };
  }
}

/**
 * A layout or partial may break a template that is live, but not the template among the files. So a text that is rejected
 * because of a template is saved a second time, after all templates.
 */
async function* savedTexts(documents: readonly CheckedFile[], stack: Stack): AsyncGenerator<Published> {
  const { saveTemplate } = await import("../../stack/deployed/saving.ts");
  const save = async ({ value }: CheckedFile) => saveTemplate(stack, value as Item);
  const early: CheckedFile[] = [];
  for (const document of documents) {
    const outcome = await save(document);
    if (outcome.problems.some(({ code }) => code === "breaks-template")) early.push(document);
    else yield* published(document, outcome);
  }
  for (const document of early) yield* published(document, await save(document));
}

function* published({ file, kind, value }: CheckedFile, outcome: Outcome): Generator<Published> {
  if (kind) yield { file, kind, id: idOf(value), ...outcome };
}
