/** Stream records: which are a save of a journey, and the id by which a retried record is the same change. */
import { marshall } from "@aws-sdk/util-dynamodb";
import { expect, test } from "vitest";
import { imagesOf, savedDocument, storedChange } from "../../../lambdas/adapters/dynamodb/stream-records.ts";
import { evaluateChange } from "../../../lambdas/app/exits/evaluate-change.ts";
import { World } from "../../app/world.ts";
import { lasting } from "../../behaviour/scenario-of.ts";

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

/** A record of an edit by hand: the revision stays as it is. */
const edited = (eventID: string) =>
  storedChange(
    imagesOf({
      eventID,
      dynamodb: {
        OldImage: marshall({ customerId: "c-1", sk: "profile", attributes: { tier: "tin" } }),
        NewImage: marshall({ customerId: "c-1", sk: "profile", attributes: { tier: "gold" } }),
      },
    } as Parameters<typeof imagesOf>[0]),
  );

test("a retried record of an edit by hand publishes customer.changed under the same id, another record under another", async () => {
  const world = new World({ still: true });
  await world.publish(lasting({ trigger: { where: { field: "customer.tier", operator: "equals", value: "gold" } } }));
  for (const record of ["r-1", "r-1", "r-2"]) {
    const change = edited(record);
    if (change) await evaluateChange(change, world.ports);
    await world.run(`01-05 1${world.published.length}:07`);
  }
  const ids = world.published.filter(({ name }) => name === "customer.changed").map(({ id }) => id);
  expect([ids.length, ids[0] === ids[1], ids[1] === ids[2]]).toEqual([3, true, false]);
});
