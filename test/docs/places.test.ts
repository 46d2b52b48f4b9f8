/**
 * The values that a condition may use, place by place: each cell of the table in `docs/journey-format.md` is compared
 * with the validator.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ran } from "../cli/running.ts";
import { rowsUnder } from "./tables.ts";

const rows = rowsUnder(readFileSync("docs/journey-format.md", "utf8"), "| place |");

const used = {
  event: { field: "event.total", operator: "exists" },
  count: { event: "order.placed", count: { operator: "equals", value: 0 }, within: "P1D" },
  message: { message: "mail", status: "read" },
  clock: { field: "customer.since", operator: "inPast" },
};

const journey = (trigger: object, more: object, end: object = { type: "addTag", tags: ["a"] }) => ({
  id: "j",
  name: "J",
  trigger,
  ...more,
  start: "mail",
  components: { mail: { type: "sendTemplate", template: "hello", next: "end" }, end },
});
const waitFor = (branch: object) => ({ type: "waitFor", within: "P1D", branches: [{ id: "b", ...branch }] });
const started = { event: "start" };

/** A journey with a condition at the place, by what the table calls the place. */
const places: Readonly<Record<string, (where: object) => object>> = {
  "`trigger.where`, with `event`": (where) => journey({ ...started, where }, {}),
  "`trigger.where`, without `event`": (where) => journey({ where }, {}),
  "`trigger.audience`": (audience) => journey({ ...started, audience }, {}),
  "exit rule or goal, with `event`": (where) => journey(started, rules({ event: "order.placed", where })),
  "exit rule or goal, without `event`": (where) => journey(started, rules({ where })),
  "`condition` component": (when) => journey(started, {}, { type: "condition", branches: [{ when }] }),
  "`waitFor` branch, with `event`": (where) => journey(started, {}, waitFor({ event: "order.placed", where })),
  "`waitFor` branch, without `event`": (where) => journey(started, {}, waitFor({ where })),
};

function rules(rule: object) {
  return { exit: [{ id: "e", ...rule }], goals: [{ id: "g", ...rule }] };
}

async function isAllowed(document: object): Promise<boolean> {
  const template = { id: "hello", channel: "email", class: "marketing", subject: "Hello", text: "Hello" };
  const files = { "journey.json": document, "hello.json": template };
  return (await ran(["validate", "journey.json", "hello.json"], files)).exitCode === 0;
}

test("the table has every place", () => {
  expect(rows.map(([place]) => place)).toEqual(Object.keys(places));
});

describe.each(rows)("%s", (place, event, count, message, clock) => {
  test.each([
    ["the event", used.event, event !== "not allowed"],
    ["counted events", used.count, count === "yes"],
    ["messages", used.message, message === "yes"],
    ["clock operators", used.clock, clock === "yes"],
  ])("%s", async (_, condition, allowed) => {
    expect(await isAllowed(places[place ?? ""]?.(condition) ?? {})).toBe(allowed);
  });
});
