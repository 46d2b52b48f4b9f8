/** An archive is a file that another person may have written: its names and times are no more than data. */
import { expect, test } from "vitest";
import { ran, template } from "../cli/running.ts";

const cart = {
  id: "constructor",
  name: "Cart",
  status: "active",
  trigger: { event: "go", entry: "always" },
  start: "first",
  components: { first: { type: "sendTemplate", template: "hello" } },
};
const header = { archive: 1, from: "2026-01-01T00:00:00Z", until: "2026-02-01T00:00:00Z", attributes: true };
const at = "2026-01-30T10:00:00.000Z";
const sent = (journeyId: string) => ({
  journeyId,
  enrollmentId: "e",
  component: "first",
  sentAt: at,
  reported: { delivered: at },
});
const ada = {
  customerId: "ada",
  attributes: { email: "ada@mail.example" },
  events: [{ at, event: "go", id: "1" }],
};
const forecastOf = (...customers: readonly object[]) =>
  ran(["forecast", "--from", "past.jsonl", "--live", "cart.json,hello.json", "--json"], {
    "past.jsonl": [header, ...customers].map((line) => `${JSON.stringify(line)}\n`).join(""),
    "cart.json": cart,
    "hello.json": template,
  });

test.each([
  ["constructor", 0],
  ["toString", 1],
  ["__proto__", 1],
])(
  "a message of a journey %s changes no prototype; a name that is no id makes the line unreadable, and no other line",
  async (journeyId, code) => {
    const { exitCode, out } = await forecastOf({ ...ada, statuses: [sent(journeyId)] }, { ...ada, customerId: "ben" });
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain("sent");
    expect([exitCode, JSON.parse(out.split("\n").at(-1) ?? "").customers]).toEqual([code, 2 - code]);
  },
);

test("a journey with the name of a member of every object has rates of its own only", async () => {
  const { exitCode, out } = await forecastOf(ada);
  expect([exitCode, JSON.parse(out.split("\n").at(-1) ?? "").customersWrittenTo]).toEqual([0, 1]);
});

test("attributes that are not stored any more are counted under their names, whatever these are", async () => {
  const files = {
    "past.jsonl": [header, { ...ada, unknown: ["__proto__", "constructor", "city"] }]
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(""),
    "cart.json": cart,
    "hello.json": template,
  };
  const { out } = await ran(
    ["replay", "cart.json", "hello.json", "--from", "past.jsonl", "--against", "cart.json", "hello.json", "--json"],
    files,
  );
  const { attributes } = JSON.parse(out.split("\n").at(-1) ?? "").unknown;
  expect(Object.entries(attributes)).toEqual([
    ["__proto__", 1],
    ["constructor", 1],
    ["city", 1],
  ]);
});
