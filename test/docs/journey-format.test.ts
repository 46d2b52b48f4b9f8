/**
 * `docs/journey-format.md` says what the code does: its tables of members are made from the schemas, its examples pass
 * the real validator, and its lists of operators, statuses and problem codes are complete.
 *
 * `npx vitest run test/docs --update` writes the tables anew.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { evaluate } from "../../lambdas/domain/conditions/evaluate.ts";
import { operators } from "../../lambdas/domain/conditions/operators.ts";
import { parseEvent } from "../../lambdas/domain/events/event.ts";
import { ran } from "../cli/running.ts";
import { documentAround, examplesIn } from "./examples.ts";
import { definitions, markedIn, withTables } from "./member-tables.ts";
import { cellsOf, rowsUnder } from "./tables.ts";

const PAGE = "docs/journey-format.md";
const page = readFileSync(PAGE, "utf8");
const noted = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word);

test("the tables of members are current", async () => {
  await expect(withTables(page)).toMatchFileSnapshot(`../../${PAGE}`);
});

test("every kind of component has a table, and a section with an example", () => {
  const kinds = ["SendTemplate", "MessageStatusRule", "AddTag", "Wait", "UpdateCustomer", "ConditionComponent"];
  expect(markedIn(page)).toEqual(expect.arrayContaining([...kinds, "Split", "WaitFor", "EmitEvent"]));
  const types = Object.values(definitions).flatMap(({ properties }) => properties?.type?.const ?? []);
  const shown = examplesIn(page).flatMap(({ kind, value }) => (kind === "component" ? [Object(value).type] : []));
  expect(types.length).toBeGreaterThan(9);
  expect(new Set(shown)).toEqual(new Set(types));
});

describe.each(["journey-format", "events", "messages"])("docs/%s.md", (name) => {
  const examples = examplesIn(readFileSync(`docs/${name}.md`, "utf8"));

  test("has examples", () => expect(examples.length).toBeGreaterThan(0));

  test.each(examples)("the $kind on line $line is good", async ({ kind, value }) => {
    if (kind === "event") {
      const { Source, DetailType, Detail } = value as Record<string, unknown>;
      const envelope = {
        id: "d",
        source: Source,
        "detail-type": DetailType,
        time: "2026-11-23T10:00:00Z",
        detail: Detail,
      };
      expect(parseEvent(envelope, { now: "2026-11-23T10:00:00.000Z" })).toHaveProperty("event");
    } else if (kind === "scenario") {
      const { exitCode, err } = await ran(["simulate", "scenario.json"], { "scenario.json": value });
      expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
    } else {
      const files = documentAround(kind, value);
      const { exitCode, out } = await ran(["validate", ...Object.keys(files)], files);
      expect(exitCode, out).toBe(0);
    }
  });
});

describe("the table of operators", () => {
  const rows = rowsUnder(page, "### Operators");

  test("has every operator", () => {
    expect(new Set(rows.flatMap(([name = ""]) => noted(name)))).toEqual(new Set(Object.keys(operators)));
  });

  test.each(rows)("%s %s is true for %s and false for %s", (operator, value, yes, no) => {
    const [compared] = cellsOf(value);
    const condition = { field: "customer.x", operator: noted(operator ?? "")[0], ...(value && { value: compared }) };
    const answer = (x: unknown) =>
      evaluate(condition as never, {
        now: "2026-06-15T12:00:00.000Z",
        customer: (x === undefined ? {} : { x }) as never,
      });
    expect(cellsOf(yes).map(answer)).toEqual(cellsOf(yes).map(() => true));
    expect(cellsOf(no).map(answer)).toEqual(cellsOf(no).map(() => false));
  });

  test("the clock operators are those that the page names", () => {
    const sentence = /\*\*Clock operators\*\*[^.]*\./.exec(page)?.[0] ?? "";
    expect(new Set(noted(sentence))).toEqual(
      new Set(Object.entries(operators).flatMap(([name, { clock }]) => (clock ? name : []))),
    );
  });
});

test("the table of problem codes has every code that the tables of bad documents expect", () => {
  const expected = ["bad-documents", "bad-message-rules"].flatMap((name) =>
    [...readFileSync(`test/data/${name}.json`, "utf8").matchAll(/"code": ?"([a-z-]+)"/g)].map(([, code = ""]) => code),
  );
  expect(expected.length).toBeGreaterThan(100);
  const listed = new Set(rowsUnder(page, "## Problem codes").flatMap(([codes = ""]) => noted(codes)));
  expect([...new Set(expected)].filter((code) => !listed.has(code))).toEqual([]);
});

test("the statuses of messages and journeys are those of the schema", () => {
  const under = (heading: string) => rowsUnder(page, heading).flatMap(([status = ""]) => noted(status));
  expect(new Set(under("| status | means |"))).toEqual(
    new Set(definitions.MessageStatusRule?.properties?.status?.enum),
  );
  expect(new Set(under("| status | customers enter |"))).toEqual(
    new Set(definitions.Journey?.properties?.status?.enum),
  );
});
