/**
 * The JSON of every command has one shape: `ok` says the same as the exit code, a thing has the same name everywhere,
 * and errors are JSON too. The table has a row for each command, so a new command has no test until it has one here.
 */
import { describe, expect, test } from "vitest";
import { commands } from "../../cli/commands.ts";
import { UsageError } from "../../stack/usage-error.ts";
import { ran } from "../cli/running.ts";
import { around, command } from "./on-stack.ts";
import { cart, letter, shop } from "./shop.ts";

const scenario = {
  journeys: [cart],
  templates: [letter],
  customers: [{ customerId: "ada", email: "ada@mail.example", country: "DE" }],
  events: [{ at: "2026-01-05T08:00:00Z", event: "checkout.started", id: "e1", customerId: "ada", data: { total: 59 } }],
};
const files = {
  "cart.json": cart,
  "longer.json": { ...cart, components: { ...cart.components, cold: { type: "addTag", tags: ["frozen"] } } },
  "hello.json": letter,
  "scenario.json": scenario,
  "one.test.json": { ...scenario, name: "Ada enters", expect: [{ customerId: "ada", entered: 1 }] },
  "ada.json": { customerId: "ada", email: "ada@mail.example" },
  "germans.json": {
    id: "germans",
    kind: "segment",
    name: "Germans",
    where: { field: "customer.country", operator: "equals", value: "DE" },
  },
  "event.json": { event: "order.placed", customerId: "eve", id: "order-eve" },
  "in/cart.journey.json": cart,
};

/** One call of each command. */
const calls: Readonly<Record<string, string>> = {
  validate: "validate cart.json hello.json",
  simulate: "simulate scenario.json",
  test: "test one.test.json",
  draw: "draw cart.json",
  cost: "cost cart.json",
  replay: "replay longer.json --last P30D --cores 1",
  forecast: "forecast longer.json --last P30D --most 1",
  diff: "diff longer.json",
  publish: "publish longer.json",
  list: "list",
  show: "show cart",
  pause: "pause cart",
  hold: "hold cart",
  resume: "resume cart",
  stop: "stop cart --yes",
  migrate: "migrate cart --to 1",
  delete: "delete cart",
  enter: "enter cart --all --dry-run",
  runs: "runs",
  watch: "watch cart --for PT1S",
  send: "send event.json",
  export: "export out",
  import: "import in",
  render: "render hello.json --customer ada.json",
  stats: "stats cart",
  customer: "customer ada",
  segment: "segment germans",
  why: "why cyd cart",
  capture: "capture ada cart",
  archive: "archive --last P30D",
  recount: "recount cart",
  redrive: "redrive --list",
  erase: "erase ben --yes",
  unsuppress: "unsuppress ada@mail.example",
  doctor: "doctor",
};
/** The exit codes of calls that do not end well: a difference was found, and customers are inside. */
const expected: Readonly<Record<string, number>> = { diff: 1, delete: 2 };
/**
 * The commands that answer with a stream, one object a line: the member that each line has, except a header and the
 * last line.
 */
const streams = new Map([
  ["simulate", "at"],
  ["watch", "at"],
  ["replay", "customerId"],
  ["archive", "customerId"],
  ["forecast", "customerId"],
]);
/** These calls need no stack. */
const offline = new Set(["validate", "simulate", "test", "draw", "cost", "render"]);
/** `console` ends only with Ctrl-C, and prints an address. */
const endless = new Set(["console"]);

const names = commands.map(({ usage }) => usage.split(" ")[0] ?? "").filter((name) => !endless.has(name));

/** The shop, with a segment. */
async function town() {
  const stack = await shop();
  await command(stack, ["publish", "germans.json"], files);
  return stack;
}

async function answer(name: string) {
  const args = [...(calls[name] ?? "").split(" "), "--json"];
  const { out, exitCode } = offline.has(name) ? await ran(args, files) : await command(await town(), args, files);
  return { exitCode, lines: out.split("\n").map((line) => JSON.parse(line) as Record<string, unknown>) };
}

test("the table has a call of each command", () => {
  expect(Object.keys(calls).sort()).toEqual([...names].sort());
});

describe("the answer says with `ok` what the exit code says", () => {
  test.each(names.filter((name) => !streams.has(name)))("%s", async (name) => {
    const { lines, exitCode } = await answer(name);
    expect(lines.length).toBe(1);
    expect(Object.keys(lines[0] ?? {})[0]).toBe("ok");
    expect(lines[0]?.ok).toBe(exitCode === 0);
    expect(exitCode).toBe(expected[name] ?? 0);
  });

  test.each([...streams])("%s prints one object a line, with %s", async (name, member) => {
    const { lines, exitCode } = await answer(name);
    expect(exitCode).toBe(0);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines.slice("archive" in (lines[0] ?? {}) ? 1 : 0, -1)) expect(line).toHaveProperty(member);
  });
});

describe("an error is JSON", () => {
  const wrong = (message: unknown) => ({ ok: false, problems: [{ path: "", code: "wrong-usage", message }] });

  test.each(names)("%s with an unknown option", async (name) => {
    const { out, exitCode } = await ran([name, "--nonsense", "--json"], files);
    expect(JSON.parse(out)).toEqual(wrong("unknown option '--nonsense'"));
    expect(exitCode).toBe(2);
  });

  test.each(names.filter((name) => !offline.has(name)))("%s without access to the stack", async (name) => {
    const none = {
      ...around(await shop()),
      connect: () => Promise.reject(new UsageError("There are no credentials.")),
    };
    const { out, exitCode } = await ran([...(calls[name] ?? "").split(" "), "--json"], files, none);
    expect(JSON.parse(out)).toEqual(wrong("There are no credentials."));
    expect(exitCode).toBe(2);
  });
});

describe("a thing has the same name in every answer", () => {
  /** Documents of people, and maps whose names are the journey's own. */
  const foreign = new Set(
    "document data attributes changes base own at left reasons statuses counts before after".split(" "),
  );
  /** What a thing is not called. */
  const other: Readonly<Record<string, string>> = {
    journey: "journeyId",
    customer: "customerId",
    enrollment: "enrollmentId",
    component: "componentId",
    error: "problems",
    errors: "problems",
    success: "ok",
  };
  const membersOf = (value: unknown): string[] =>
    typeof value !== "object" || value === null
      ? []
      : Object.entries(value).flatMap(([name, member]) => [
          ...(Array.isArray(value) || typeof member === "object" ? [] : [name]),
          ...(foreign.has(name) ? [] : membersOf(member)),
        ]);

  test.each(names)("%s", async (name) => {
    const members = (await answer(name)).lines.flatMap(membersOf);
    expect(members.length).toBeGreaterThan(0);
    expect(members.filter((member) => Object.hasOwn(other, member))).toEqual([]);
  });
});
