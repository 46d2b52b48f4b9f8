/** The order in which `journeys publish` saves documents: a document comes after the documents that it names. */
import type { DocumentKind } from "../../insight/documents/document-kind.ts";
import { idOf, members } from "../../lambdas/domain/documents/unchecked-document.ts";
import { usesOf } from "../../lambdas/domain/messages/uses.ts";
import { namedSegments } from "../../lambdas/domain/segments/named-segments.ts";
import type { CheckedFile } from "../files/check-files.ts";

const order: readonly DocumentKind[] = ["segment", "partial", "layout", "template", "journey"];

export function inOrder(checked: readonly CheckedFile[]): readonly CheckedFile[] {
  const all = order.flatMap((kind) => checked.filter((document) => document.kind === kind));
  const usable = new Map(
    all.flatMap((each) =>
      each.kind === "partial" || each.kind === "segment" ? [[idOf(each.value), each] as const] : [],
    ),
  );
  const sorted = new Set<CheckedFile>();
  const add = (document: CheckedFile) => {
    if (sorted.has(document)) return;
    const { kind, value } = document;
    const names = kind === "segment" ? namedSegments(value) : usesOf(members(value)).map(({ id }) => id);
    for (const id of names) {
      const used = usable.get(id);
      if (used && used !== document) add(used);
    }
    sorted.add(document);
  };
  for (const document of all) add(document);
  return [...sorted];
}
