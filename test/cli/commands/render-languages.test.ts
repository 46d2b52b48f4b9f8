/** `render` shows every language of a template, its layout and its partials, unless one is asked for. */
import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { alone, ran, template } from "../running.ts";

const mail = {
  ...template,
  layout: "page",
  subject: "Hello {{ customer.firstName }}",
  html: "<p>{{ event.item }}</p>",
  text: undefined,
  languages: { de: { subject: "Hallo", html: "<p>{{ event.ware }}</p>" }, "pt-BR": { subject: "Olá" } },
};
const files = {
  "t.json": mail,
  "page.layout.json": {
    id: "page",
    kind: "layout",
    html: "<body>{{ content }} Bye</body>",
    languages: { fr: { html: "<body>{{ content }} Salut</body>" } },
  },
  "ada.json": { customerId: "c-1", email: "ada@mail.example", firstName: "Ada" },
  "bea.json": { customerId: "c-2", email: "bea@mail.example", firstName: "Bea", language: "pt-BR" },
};
const render = (...words: string[]) => ran(["render", "t.json", ...words], files);

test("people read each language once, in the order of the codes, and which one the customer gets", async () => {
  const { out, err } = await render("--customer", "bea.json");
  expect(out.match(/^── .*|^Subject: .*|^To: .*/gm)).toEqual([
    "To: bea@mail.example",
    ...["── All other languages ──", "Subject: Hello Bea"],
    ...["── German (de) ──", "Subject: Hallo"],
    ...["── French (fr) ──", "Subject: Hello Bea"],
    ...["── Brazilian Portuguese (pt-BR), this customer's message ──", "Subject: Olá"],
  ]);
  expect(out).toContain("Salut");
  expect(err.split("\n")).toEqual([
    "No value in other languages: event.item.",
    "No value in de: event.ware.",
    "No value in fr: event.item.",
    "No value in pt-BR: event.item.",
  ]);
});

test("--language shows one", async () => {
  const { out, err } = await render("--customer", "bea.json", "--language", "de-AT");
  expect([out.match(/^Subject: .*/gm), out.includes("──"), err]).toEqual([
    ["Subject: Hallo"],
    false,
    "No value: event.ware.",
  ]);
});

test.each([
  [
    "in which the message has no text",
    "es",
    'No text of the message has the language "es", so this is the message for all other languages. Its languages: de, fr, pt-BR.',
  ],
  ["in which the message has a text", "pt-BR", undefined],
])("--language takes a language %s", async (_, tag, hint) => {
  const { exitCode, err } = await render("--customer", "ada.json", "--language", tag);
  expect([exitCode, err.split("\n")]).toEqual([0, ["No value: event.item.", ...(hint === undefined ? [] : [hint])]]);
});

test("--language says when the message has no languages", async () => {
  const { err } = await ran(["render", "t.json", "--customer", "ada.json", "--language", "de"], {
    ...files,
    "t.json": template,
  });
  expect(err).toContain("The message is the same in every language");
});

test("programs read the message of the customer, and all languages", async () => {
  const { message, missing, languages } = JSON.parse((await render("--customer", "bea.json", "--json")).out);
  expect([message.subject, missing]).toEqual(["Olá", ["event.item"]]);
  const read = languages as { language: string | null; message: { subject: string }; missing: string[] }[];
  expect(read.map((each) => [each.language, each.message.subject, ...each.missing])).toEqual([
    [null, "Hello Bea", "event.item"],
    ["de", "Hallo", "event.ware"],
    ["fr", "Hello Bea", "event.item"],
    ["pt-BR", "Olá", "event.item"],
  ]);
  expect(JSON.parse((await render("--customer", "bea.json", "--language", "de", "--json")).out)).not.toHaveProperty(
    "languages",
  );
});

test("a language in which the message cannot be rendered is named, exit code 1", async () => {
  const endless = "{% for a in (1..600) %}{% for b in (1..600) %}{{ a }}{% endfor %}{% endfor %}";
  const { exitCode, out } = await ran(["render", "t.json", "--customer", "ada.json"], {
    ...files,
    "t.json": { ...mail, languages: { de: { html: endless } } },
  });
  expect([exitCode, out]).toEqual([
    1,
    expect.stringMatching(/── German \(de\) ──\n✗ This customer would not get the message/),
  ]);
});

describe("--open opens one page with all languages", () => {
  const opening = async (document: object, ...words: string[]) => {
    const opened: string[] = [];
    const open = async (address: string) => void opened.push(address);
    const result = await ran(
      ["render", "t.json", "--customer", "ada.json", "--open", ...words],
      { ...files, "t.json": document },
      { ...alone, open },
    );
    const [file = ""] = opened;
    rmSync(dirname(file), { recursive: true, force: true });
    return { ...result, opened, page: result.written[file] ?? "" };
  };

  test("each message in a frame that runs no script, and with escaped texts beside it", async () => {
    const { page, opened } = await opening({ ...mail, html: '<p title="a">x</p><script>1</script>', subject: "a < b" });
    expect(opened).toHaveLength(1);
    expect(page.match(/<iframe sandbox /g)).toHaveLength(4);
    expect(page).toContain('srcdoc="&lt;body&gt;&lt;p title=&quot;a&quot;&gt;x');
    expect(page).not.toContain("<script>");
    expect(page).toContain("<b>a &lt; b</b>");
    expect(page).toContain("<h2>All other languages, this customer's message</h2>");
  });

  test("messages without HTML too", async () => {
    const sms = {
      id: "t",
      channel: "event",
      class: "marketing",
      text: "Hi <you>",
      languages: { de: { text: "Hallo" } },
    };
    const { page, exitCode } = await opening(sms);
    expect([exitCode, page]).toEqual([0, expect.stringContaining("<pre>Hi &lt;you&gt;</pre>")]);
    expect(page).toContain("<pre>Hallo</pre>");
  });
});
