/** `render` shows the message that a customer would read, from files and without a stack. */
import { rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { alone, journey, ran, template } from "../running.ts";

const ada = { customerId: "c-1", email: "ada@mail.example", firstName: "Ada", timezone: "Europe/Berlin" };
const files = {
  "t.json": {
    ...template,
    html: '<p>{{ event.item }}, {{ data.gift }}</p><a href="{{ unsubscribeUrl }}">x</a>',
    text: "Tea: {{ event.item }}",
  },
  "j.json": {
    ...journey,
    sender: { from: "Shop <hello@shop.example>", replyTo: ["help@shop.example"] },
    components: { ...journey.components, greet: { ...journey.components.greet, data: { gift: "a cup" } } },
  },
  "ada.json": ada,
  "ben.json": { ...ada, unsubscribed: true },
  "nobody.json": { customerId: "c-2" },
  "event.json": { event: "go", customerId: "c-1", data: { item: "<Tea>" } },
};
const render = (...words: readonly string[]) => ran(["render", "t.json", ...words], files);

test("people read the heads and the text", async () => {
  const { exitCode, out, err } = await render("--customer", "ada.json", "--journey", "j.json", "--event", "event.json");
  expect([exitCode, err]).toEqual([0, ""]);
  expect(out).toBe(
    "From: Shop <hello@shop.example>\nTo: ada@mail.example\nReply-To: help@shop.example\nSubject: Hello Ada\n\nTea: <Tea>",
  );
});

describe("--open shows the HTML in a browser", () => {
  const opening = async (template: object, ...words: string[]) => {
    const opened: string[] = [];
    const open = async (address: string) => void opened.push(address);
    const result = await ran(
      ["render", "t.json", "--customer", "ada.json", "--open", ...words],
      { ...files, "t.json": template },
      { ...alone, open },
    );
    return { ...result, opened };
  };

  test("from a file that only this user can read", async () => {
    const { exitCode, opened, written } = await opening(files["t.json"]);
    const [file = ""] = opened;
    expect([exitCode, opened.length, written[file]]).toEqual([0, 1, expect.stringContaining("<p>, </p>")]);
    expect(statSync(dirname(file)).mode & 0o077).toBe(0);
    rmSync(dirname(file), { recursive: true });
  });

  test("from the file that --html names", async () => {
    const { opened, written } = await opening(files["t.json"], "--html", "a.html");
    expect([opened, Object.keys(written)]).toEqual([["a.html"], ["a.html"]]);
  });

  test("and a message without HTML has nothing to show", async () => {
    const { exitCode, err, opened } = await opening({ ...template, html: undefined, text: "Hi" });
    expect([exitCode, err, opened]).toEqual([2, expect.stringContaining("Leave out --open."), []]);
  });
});

test("programs read the message, with the component's data and values escaped", async () => {
  const { out } = await render("--customer", "ada.json", "--journey", "j.json", "--event", "event.json", "--json");
  expect(JSON.parse(out)).toMatchObject({
    ok: true,
    message: {
      template: "hello",
      from: "Shop <hello@shop.example>",
      html: '<p>&lt;Tea&gt;, a cup</p><a href="https://unsubscribe.example/?token=preview">x</a>',
    },
  });
});

describe("variables that have no value are listed", () => {
  const missing = async (text: string, ...words: string[]) => {
    const { out } = await ran(["render", "t.json", "--customer", "ada.json", "--json", ...words], {
      ...files,
      "t.json": { ...template, html: undefined, text },
    });
    return JSON.parse(out).missing;
  };

  test.each<[string, string, readonly string[]]>([
    ["a value that is there is not", "{{ customer.firstName }}", []],
    [
      "attributes, event data and data",
      "{{ customer.city }} {{ event.item }} {{ gift }}",
      ["customer.city", "event.item", "gift"],
    ],
    ["each once", "{{ event.item }} {{ event.item | upcase }}", ["event.item"]],
    ["a list of a loop, and members of its items", "{% for l in event.lines %}{{ l.t }}{% endfor %}", ["event.lines"]],
    ["an argument of a filter", '{{ "a" | append: event.item }}', ["event.item"]],
    ["what is assigned", "{% assign x = event.item %}", ["event.item"]],
    ["not a value with a default", "{{ event.item | default: 'tea' }}", []],
    ["not what a condition asks for", "{% if event.item %}{{ event.item }}{% endif %}", []],
    ["in what a condition shows", "{% if customer.firstName %}{{ event.item }}{% endif %}", ["event.item"]],
  ])("%s", async (_, text, expected) => expect(await missing(text)).toEqual(expected));

  test("for people, on standard error", async () => {
    const { out, err } = await render("--customer", "ada.json");
    expect([out.includes("No value"), err]).toEqual([false, "No value: event.item, data.gift."]);
  });

  test("data of the component that has a value is not listed", async () => {
    expect(await missing("{{ gift }}", "--journey", "j.json")).toEqual([]);
  });
});

test("without a journey the template stands by itself", async () => {
  const { exitCode, out } = await render("--customer", "ada.json");
  expect([exitCode, out]).toEqual([0, "To: ada@mail.example\nSubject: Hello Ada\n\nTea: "]);
});

test("the whole message goes into a file that mail programs open, the HTML into one for browsers", async () => {
  const words = ["--customer", "ada.json", "--journey", "j.json", "--eml", "a.eml", "--html", "a.html"];
  const { exitCode, written } = await render(...words);
  expect(exitCode).toBe(0);
  expect(written["a.html"]).toMatch(/^<p>, a cup<\/p>/);
  const [head = "", ...parts] = (written["a.eml"] ?? "").split("\r\n\r\n");
  expect(head).toContain("Subject: Hello Ada\r\n");
  expect(head).toContain("List-Unsubscribe: <https://unsubscribe.example/?token=preview>\r\n");
  expect(head).toContain("Content-Type: multipart/alternative");
  expect(parts.join()).toMatch(/text\/html/);
});

test.each([
  ["unsubscribed", "ben.json", "unsubscribed"],
  ["without an address", "nobody.json", "no-address"],
])("a customer %s would not get it: exit code 1, and nothing is written", async (_, customer, reason) => {
  const { exitCode, out, written } = await render("--customer", customer, "--html", "a.html", "--json");
  expect([exitCode, JSON.parse(out), written]).toEqual([1, { ok: false, skipped: reason }, {}]);
});

test.each([
  ["no number", {}, "The customer has no phone."],
  [
    "a number in national form",
    { phone: "0170 1234567" },
    'phone is "0170 1234567". A phone number must be a number that takes',
  ],
  ["consent withdrawn", { phone: "+491701234567", unsubscribed: true }, undefined],
])("people read what to correct for a customer with %s", async (_, attributes, hint) => {
  const text = { id: "hello", channel: "sms", class: "marketing", text: "Hi" };
  const { exitCode, err } = await ran(["render", "text.json", "--customer", "c.json"], {
    "text.json": text,
    "c.json": { customerId: "c-1", ...attributes },
  });
  expect([exitCode, err]).toEqual([1, hint === undefined ? "" : expect.stringContaining(hint)]);
});

test("the problems of a template are printed, exit code 1", async () => {
  const { exitCode, out } = await ran(["render", "t.json", "--customer", "ada.json"], {
    ...files,
    "t.json": { ...template, subject: "{{" },
  });
  expect([exitCode, out]).toEqual([1, expect.stringContaining("bad-liquid")]);
});

test.each<[string, readonly string[], RegExp]>([
  ["no customer", [], /Name the customer with --customer/],
  [
    "a template for a journey",
    ["--customer", "ada.json", "--journey", "t.json"],
    /t\.json is a template\. Name a journey/,
  ],
  [
    "a component that sends another",
    ["--customer", "ada.json", "--journey", "j.json", "--component", "gret"],
    /Did you mean "greet"/,
  ],
  ["a file that is not there", ["--customer", "eve.json"], /There is no file eve\.json/],
  ["a template for a customer", ["--customer", "t.json"], /t\.json is a template\. Name the customer with --customer/],
])("%s is wrong usage, exit code 2", async (_, words, sentence) => {
  const { exitCode, out, err } = await render(...words);
  expect([exitCode, out, err]).toEqual([2, "", expect.stringMatching(sentence)]);
});
