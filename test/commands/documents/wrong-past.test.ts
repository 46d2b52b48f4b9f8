/** `journeys forecast` on a past with lines that cannot be used. `replay.test.ts` has each kind of them by itself. */
import { expect, test } from "vitest";
import { ran, template } from "../../cli/running.ts";

const journey = {
  id: "cart",
  name: "Cart",
  status: "active",
  trigger: { event: "go", entry: "always" },
  start: "greet",
  components: { greet: { type: "sendTemplate", template: "hello" } },
};
const go = { at: "2026-01-20T09:30:00Z", event: "go", id: "g" };
const past = [
  { archive: 1, from: "2026-01-01T00:00:00Z", until: "2026-01-26T00:00:00Z", attributes: true },
  { customerId: "ada", events: [go] },
  { customerId: "ada" },
  { customerId: "carl", events: [{ ...go, at: "2026-02-20T09:30:00Z" }] },
  { customerId: "dora", events: [{ ...go, event: "go on" }] },
  {},
];

test("each such line is named by its number, and the others count", async () => {
  const files = {
    "past.jsonl": past.map((line) => JSON.stringify(line)).join("\n"),
    "cart.json": journey,
    "hello.json": template,
  };
  const live = ["--live", "cart.json,hello.json"];
  const { exitCode, err, out } = await ran(["forecast", "--from", "past.jsonl", ...live, "--json"], files);
  expect(exitCode).toBe(1);
  expect(err.split("\n")).toEqual([
    expect.stringMatching(/^past\.jsonl:3: customerId: An earlier line/),
    expect.stringMatching(/^past\.jsonl:4: events\[0\]\.at: 2026-02-20T09:30:00Z is outside/),
    expect.stringMatching(/^past\.jsonl:5: events\[0\]: "go on" is not an event name/),
    expect.stringMatching(/^past\.jsonl:6: customerId: /),
  ]);
  expect(JSON.parse(out.split("\n").at(-1) ?? "")).toMatchObject({ ok: false, customers: 2 });
});
