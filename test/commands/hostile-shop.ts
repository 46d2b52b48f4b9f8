/** A shop whose customers, events, journeys, files and dead letters have hostile names, and lines for every command. */
import { type Ran, ran, scenario } from "../cli/running.ts";
import type { MemoryStack } from "./memory-stack/stack.ts";
import { around, type Files } from "./on-stack.ts";
import { cart, checkout, happens, letter, save, shop } from "./shop.ts";

/** The lines of each command. `%` stands for the hostile text. A command without lines fails the test. */
export const lines: Readonly<Record<string, readonly (readonly string[])[]>> = {
  validate: [["bad.json", "worse.json"], ["%.json"]],
  simulate: [["scenario.json"], ["bad-scenario.json"]],
  test: [["hostile.test.json", "bad.test.json"]],
  draw: [["bad.json"], ["bad.json", "--svg"], ["worse.json"], ["cart", "--customer", "mal"], ["%"]],
  cost: [["bad.json"], ["bad.json", "--region", "%"]],
  diff: [["bad.json"], ["letter.json"]],
  publish: [["bad.json", "letter.json"], ["worse.json"]],
  list: [[]],
  show: [["cart"], ["odd"], ["cart", "--version", "1"], ["%"]],
  pause: [["cart"], ["%"]],
  hold: [["cart"], ["%"]],
  resume: [["cart"], ["%"]],
  stop: [["cart"], ["cart", "--yes"], ["%"]],
  migrate: [
    ["cart", "--to", "1", "--yes"],
    ["cart", "--to", "%"],
    ["cart", "--to", "1", "--map", "%=%"],
    ["%", "--to", "1"],
  ],
  delete: [["cart"], ["odd"], ["%"]],
  enter: [
    ["cart", "--all", "--dry-run"],
    ["cart", "--customers", "%", "--yes"],
    ["cart", "--csv", "list.csv", "--yes"],
    ["cart", "--event", "%", "--within", "%"],
    ["%", "--all"],
  ],
  runs: [[], ["cart"], ["%"], ["cancel", "%"]],
  watch: [["cart", "--for", "PT1S"], ["%"]],
  send: [["event.json"], ["bad-event.json"], ["event.json", "--source", "%"]],
  export: [["out"]],
  import: [["in"]],
  render: [
    ["letter.json", "--customer", "customer.json"],
    ["letter.json", "--customer", "%"],
  ],
  segment: [["odd"], ["%"], ["%", "--sample"]],
  stats: [["cart"], ["cart", "--version", "%"]],
  customer: [["mal"], ["%"]],
  why: [
    ["mal", "cart"],
    ["%", "cart"],
  ],
  capture: [
    ["mal", "cart"],
    ["%", "cart"],
    ["mal", "%"],
  ],
  replay: [
    ["letter.json", "--last", "P30D", "--cores", "1"],
    ["%", "--last", "P30D"],
    ["letter.json", "--last", "%"],
  ],
  forecast: [
    ["letter.json", "--last", "P30D", "--most", "1"],
    ["%", "--last", "P30D"],
    ["--next", "%"],
    ["--live", "%"],
    ["--limits", "%"],
  ],
  archive: [
    ["--last", "P30D"],
    ["--last", "%"],
  ],
  recount: [["cart"], ["%"]],
  redrive: [["--list"], [], ["%"]],
  erase: [
    ["mal", "--yes", "--everywhere", "--wait", "1"],
    ["%", "--yes", "--wait", "1"],
  ],
  unsuppress: [["mal@shop.example"], ["%"]],
  console: [["--port", "%"]],
  doctor: [[]],
};

/**
 * `text` is the name of everything. `more` are the names of further attributes, members, tags, topics and customers: each
 * of them is in the stack and in the files.
 */
export async function hostileShop(text: string, more: readonly string[] = []) {
  const named = Object.fromEntries([text, ...more].map((name) => [name, name]));
  const stack = await shop();
  await save(stack, { ...cart, name: `Cart ${text}`, description: text });
  await stack.replaceJourney({ ...cart, id: "odd", name: text, start: text, [text]: text }, undefined);
  stack.put({ ...letter, id: "letter", subject: text, html: text });
  await checkout(stack, "mal", 59, { firstName: text, ...named, [text]: named });
  await happens(stack, "seen", { customerId: "mal", data: named });
  const detail = { customerId: text, time: text };
  for (const [number, reason] of [text, ...more].entries())
    stack.events.put(`m-${number + 1}`, JSON.stringify({ "detail-type": reason, time: text, detail }), {
      attributes: { reason },
    });
  stack.statuses.put("s-1", text, { attributes: { ERROR_CODE: text, ERROR_MESSAGE: text } });
  stack.bucket.objects.set(`aws/lambda/${text}`, text);
  const bad = {
    ...cart,
    name: text,
    start: "a",
    components: { a: { type: "addTag", ...named, tags: [text, ...more] } },
  };
  const files = {
    "bad.json": bad,
    "worse.json": `{ "id": ${text}`,
    "letter.json": { ...letter, id: "letter", subject: `x${text}`, html: `<p>${text}</p>` },
    "customer.json": { ...named, customerId: "mal", email: "mal@mail.example", firstName: text },
    "event.json": { event: "seen", customerId: "mal", data: named },
    "bad-event.json": { ...named, event: text, customerId: text },
    "in/bad.journey.json": bad,
    "list.csv": `customerId,${JSON.stringify(text)}\n${JSON.stringify(text)},1\n`,
    "scenario.json": {
      ...scenario,
      customers: [{ customerId: "c-1", email: "ada@mail.example", ...named, firstName: text }],
    },
    "hostile.test.json": {
      ...scenario,
      name: text,
      customers: [{ customerId: text, email: "ada@mail.example", firstName: text }],
      expect: [
        { customerId: text, entered: 9, tags: [text] },
        { customerId: text, path: [text, ...more] },
      ],
    },
    "bad.test.json": { ...scenario, ...named, name: text, expect: [{ customerId: text, ended: text }] },
    "bad-scenario.json": { ...scenario, ...named, events: [{ event: text, at: text, customerId: text }] },
  };
  return { stack, files };
}

/** Commands that know no stack. */
const alone = new Set(["validate", "simulate", "test", "cost", "console"]);

/** Runs a line of a command. `%` becomes the text. */
export function runLine(
  { stack, files }: { readonly stack: MemoryStack; readonly files: Files },
  [name, ...line]: readonly [name: string, ...line: string[]],
  text: string,
): Promise<Ran> {
  const args = [name, ...line.map((word) => word.replace("%", () => text))];
  return ran(alone.has(name) ? args : [...args, "--stack", "Shop"], files, around(stack));
}
