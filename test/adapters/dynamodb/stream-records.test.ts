/** Which changes of the journeys table are somebody's save, and which are only the outcome being written. */
import { marshall } from "@aws-sdk/util-dynamodb";
import { expect, test } from "vitest";
import { imagesOf, savedDocument } from "../../../lambdas/adapters/dynamodb/stream-records.ts";

const current = { id: "j", version: "current", name: "J" };
const published = { ...current, publication: { state: "published", version: 1 } };

const change = (before: object | undefined, after: object | undefined) =>
  savedDocument(
    imagesOf({
      dynamodb: { ...(before && { OldImage: marshall(before) }), ...(after && { NewImage: marshall(after) }) },
    } as Parameters<typeof imagesOf>[0]),
  );

test.each<[string, object | undefined, object | undefined, boolean]>([
  ["a new document", undefined, current, true],
  ["a document that is changed in place, its old outcome with it", published, { ...published, name: "K" }, true],
  ["a document that is put anew", published, { ...current, name: "K" }, true],
  ["the same document, put once more", published, current, true],
  ["the first outcome", current, published, false],
  ["another outcome", published, { ...published, publication: { state: "rejected", version: 1 } }, false],
  ["a frozen version", undefined, { ...current, version: "v1" }, false],
  ["a document that is deleted", published, undefined, false],
])("%s", (_, before, after, isSave) => {
  expect(change(before, after) !== undefined).toBe(isSave);
});
