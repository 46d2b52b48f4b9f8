/** Items of later releases: every reader says so, and guesses nothing. */
import { describe, expect, test } from "vitest";
import {
  toAddressFacts,
  toCustomer,
  toEnrollment,
  toEntry,
  toEvent,
  toSends,
} from "../../lambdas/adapters/dynamodb/customer-items.ts";
import { type ItemKind, readable } from "../../lambdas/adapters/dynamodb/items/item-format.ts";
import { toPointer } from "../../lambdas/adapters/dynamodb/journey-pointer.ts";
import { journeyVersions } from "../../lambdas/adapters/dynamodb/journey-versions.ts";
import { segmentIn } from "../../lambdas/adapters/dynamodb/segments.ts";
import { stored } from "../formats/golden.ts";

type Item = Record<string, unknown>;

/** The items are those of `formats.txt`. Breakers and templates are read by functions of no own. */
const readers: Readonly<Record<ItemKind, readonly [item: Item, read: (item: Item) => unknown]>> = {
  profile: [stored("Customers: profile", "profile"), toCustomer],
  "send log": [stored("Customers: send log", "sends"), toSends],
  "facts of an address": [{ reports: {}, revision: 1 }, (item) => toAddressFacts("hash", item)],
  event: [stored("Customers: event", "event"), toEvent],
  enrollment: [stored("Customers: enrollment", "waiting"), toEnrollment],
  entry: [stored("Customers: entry", "entry"), toEntry],
  pointer: [stored("Journeys", "pointer"), toPointer],
  version: [stored("Journeys", "version"), journeyVersions("journeys").remember],
  template: [stored("Journeys", "liveTemplate"), (item) => readable("template", item)],
  segment: [{ id: "live#s", segment: { id: "s" } }, segmentIn],
  breaker: [stored("Counters", "breaker"), (item) => readable("breaker", item)],
};

describe.each(Object.entries(readers))("a stored %s", (kind, [item, read]) => {
  test("without a number has format 1", () => expect(read(item)).toEqual(read({ ...item, format: 1 })));

  test.each([2, 17, "2"])("of format %j was stored by a later release, and is not read", (format) =>
    expect(() => read({ ...item, format })).toThrow(
      `A later release has stored this ${kind}: its format is ${format}, and this release reads up to 1.`,
    ),
  );
});
