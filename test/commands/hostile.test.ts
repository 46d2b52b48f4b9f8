/** Every command over hostile names: no control character of an event, a document or a file reaches the terminal. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { hostileText, raw } from "../cli/hostile.ts";
import { ran, scenario } from "../cli/running.ts";
import { command } from "./on-stack.ts";
import { cart, checkout, happens, letter, save, shop } from "./shop.ts";

/** The lines of each command. `%` stands for the hostile text. A command without lines fails the test. */
const lines: Readonly<Record<string, readonly (readonly string[])[]>> = {
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
  stats: [["cart"], ["cart", "--version", "%"]],
  customer: [["mal"], ["%"]],
  why: [
    ["mal", "cart"],
    ["%", "cart"],
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

async function hostileShop(text: string) {
  const stack = await shop();
  await save(stack, { ...cart, name: `Cart ${text}`, description: text });
  await stack.replaceJourney({ ...cart, id: "odd", name: text, start: text, [text]: text }, undefined);
  stack.put({ ...letter, id: "letter", subject: text, html: text });
  await checkout(stack, "mal", 59, { firstName: text, [text]: { [text]: text } });
  await happens(stack, "seen", { customerId: "mal", data: { [text]: text } });
  const detail = { customerId: text, time: text };
  stack.events.put("m-1", JSON.stringify({ "detail-type": text, time: text, detail }), {
    attributes: { reason: text },
  });
  stack.statuses.put("m-2", text, { attributes: { ERROR_CODE: text, ERROR_MESSAGE: text } });
  stack.bucket.objects.set(`aws/lambda/${text}`, text);
  const bad = { ...cart, name: text, start: "a", components: { a: { type: "addTag", tags: [text], [text]: 1 } } };
  const files = {
    "bad.json": bad,
    "worse.json": `{ "id": ${text}`,
    "letter.json": { ...letter, id: "letter", subject: `x${text}`, html: `<p>${text}</p>` },
    "customer.json": { customerId: "mal", email: "mal@mail.example", firstName: text, [text]: text },
    "event.json": { event: "seen", customerId: "mal", data: { [text]: text } },
    "bad-event.json": { event: text, customerId: text, [text]: text },
    "in/bad.journey.json": bad,
    "list.csv": `customerId,${JSON.stringify(text)}\n${JSON.stringify(text)},1\n`,
    "scenario.json": {
      ...scenario,
      customers: [{ customerId: "c-1", email: "ada@mail.example", firstName: text, [text]: text }],
    },
    "hostile.test.json": {
      ...scenario,
      name: text,
      customers: [{ customerId: text, email: "ada@mail.example", firstName: text }],
      expect: [
        { customerId: text, entered: 9, tags: [text] },
        { customerId: text, path: [text] },
      ],
    },
    "bad.test.json": { ...scenario, name: text, [text]: text, expect: [{ customerId: text, ended: text }] },
    "bad-scenario.json": { ...scenario, [text]: text, events: [{ event: text, at: text, customerId: text }] },
  };
  return { stack, files };
}

test("the table has lines for every command", async () => {
  const { out } = await ran(["--help"]);
  const names = [...out.matchAll(/^ {2}([a-z]+) +\[options\]/gm)].map(([, name]) => name);
  expect(names.filter((name) => name !== "help" && lines[name ?? ""] === undefined)).toEqual([]);
});

test("no output of any command contains a raw control character", async () => {
  await fc.assert(
    fc.asyncProperty(hostileText, fc.constantFrom(...Object.keys(lines)), fc.boolean(), async (text, name, json) => {
      const { stack, files } = await hostileShop(text);
      for (const line of lines[name] ?? []) {
        const args = [
          name,
          ...line.map((word) => word.replace("%", text)),
          ...(json && name !== "draw" ? ["--json"] : []),
        ];
        const { out, err } = await command(stack, args, files);
        expect(out, args.join(" ")).not.toMatch(raw);
        expect(err, args.join(" ")).not.toMatch(raw);
      }
    }),
    { numRuns: 60 },
  );
});

test.each(Object.keys(lines))("%s prints an OSC 52 sequence as text", async (name) => {
  const text = `${String.fromCharCode(0x1b)}]52;c;cm0=${String.fromCharCode(7)}`;
  const { stack, files } = await hostileShop(text);
  for (const line of lines[name] ?? []) {
    const { out, err } = await command(stack, [name, ...line.map((word) => word.replace("%", text))], files);
    expect(out + err, line.join(" ")).not.toMatch(raw);
  }
});

test("a line break in a name makes no second row in a table", async () => {
  const { stack } = await hostileShop("x\nm-9  events  forged");
  const { out } = await command(stack, ["redrive", "--list"]);
  expect(out).not.toMatch(/^\s*m-9/m);
});
