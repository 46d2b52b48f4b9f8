/** Events in files: what becomes an entry, what is refused, and how entries go out. */
import { describe, expect, test } from "vitest";
import { batches, entryOf } from "../../stack/entries.ts";
import { ran } from "../cli/running.ts";

const now = "2026-01-01T00:00:00.000Z";
const event = { event: "order.placed", customerId: "c-1" };
const entry = (input: unknown) => entryOf(input, "tests", now);

describe("an event", () => {
  test("becomes an entry, word for word", () => {
    const detail = {
      id: "e1",
      customerId: "c-1",
      time: "2025-12-31T00:00:00Z",
      data: { total: 5 },
      customer: { country: null },
    };
    expect(entry({ event: "order.placed", source: "shop", ...detail })).toEqual({
      entry: { Source: "shop", DetailType: "order.placed", Detail: JSON.stringify(detail) },
    });
  });

  test("without a source has that of the command", () => {
    expect(entry(event)).toMatchObject({ entry: { Source: "tests" } });
  });

  test.each<[string, unknown, string, string]>([
    ["no object", "order.placed", "", "wrong-type"],
    ["a list in a list", [event], "", "wrong-type"],
    ["no customer", { event: "order.placed" }, "customerId", "missing-member"],
    ["no name", { customerId: "c-1" }, "event", "missing-member"],
    ["a bad name", { ...event, event: "order placed" }, "event", "bad-event-name"],
    ["a mistyped member", { ...event, costumer: {} }, "costumer", "unknown-member"],
    ["a time that is none", { ...event, time: "yesterday" }, "time", "bad-time"],
    ["data that is no object", { ...event, data: [] }, "data", "wrong-type"],
    ["changes that are no object", { ...event, customer: [] }, "customer", "wrong-type"],
    ["the system's own source", { ...event, source: "customer-journeys" }, "source", "reserved-source"],
    ["a source of AWS", { ...event, source: "aws.ses" }, "source", "bad-value"],
    ["a report without a status", { ...event, event: "message.status" }, "data.messageId", "missing-member"],
    ["too much data", { ...event, data: { text: "ä".repeat(140_000) } }, "", "too-big"],
  ])("%s is refused", (_, input, path, code) => {
    const found = entry(input);
    expect("problems" in found && found.problems.map((problem) => [problem.path, problem.code])).toContainEqual([
      path,
      code,
    ]);
  });
});

test("ten entries go in a request, fewer when they are large", () => {
  const of = (size: number) => ({ entry: { Source: "s", DetailType: "d", Detail: "x".repeat(size) } });
  const sizes = (all: { length: number }[]) => all.map(({ length }) => length);
  expect(sizes(batches(Array.from({ length: 23 }, () => of(10))))).toEqual([10, 10, 3]);
  expect(sizes(batches([of(200_000), of(100_000), of(100_000), of(10)]))).toEqual([1, 3]);
  expect(batches([])).toEqual([]);
});

test("if one event has problems, none is sent, and each problem has its place", async () => {
  const files = { "a.json": [event, { ...event, customerId: "" }], "b.json": "{" };
  const { exitCode, out } = await ran(["send", "--json", "a.json", "b.json"], files);
  const { ok, sent, problems } = JSON.parse(out);
  expect([exitCode, ok, sent]).toEqual([1, false, 0]);
  expect(problems.map(({ file, path }: { file: string; path: string }) => [file, path])).toEqual([
    ["a.json", "[1].customerId"],
    ["b.json", ""],
  ]);
});
