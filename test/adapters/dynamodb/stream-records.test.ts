/** Which stream records of the journeys table are an admin's save, and which only write the outcome of a save. */
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
  ["a document that is changed in place and keeps its old outcome", published, { ...published, name: "K" }, true],
  ["a changed document without its outcome", published, { ...current, name: "K" }, true],
  ["the same document without its outcome", published, current, true],
  ["the first outcome", current, published, false],
  ["another outcome", published, { ...published, publication: { state: "rejected", version: 1 } }, false],
  ["a frozen version", undefined, { ...current, version: "v1" }, false],
  ["a document that is deleted", published, undefined, false],
])("%s", (_, before, after, isSave) => {
  expect(change(before, after) !== undefined).toBe(isSave);
});
