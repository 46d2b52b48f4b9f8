/** Layouts and partials through the commands: checked together, saved in order, compared and exported. */
import { describe, expect, test } from "vitest";
import { ran } from "../../cli/running.ts";
import { answer, command } from "../on-stack.ts";
import { letter, shop } from "../shop.ts";

const page = { id: "page", kind: "layout", html: "<p>{{ content }}</p>{% render 'footer' %}" };
const footer = { id: "footer", kind: "partial", html: "{% render 'sign', by: 'Shop' %}" };
const sign = { id: "sign", kind: "partial", html: "-- {{ by }}" };
const framed = { ...letter, layout: "page", html: "Hi", languages: { de: { subject: "Hallo", html: "Hallo" } } };
const files = { "t.json": framed, "page.json": page, "footer.json": footer, "sign.json": sign };

test("validate checks the files together", async () => {
  const all = ["t.json", "page.json", "footer.json", "sign.json"];
  expect((await ran(["validate", ...all], files)).exitCode).toBe(0);
  const { exitCode, out } = await ran(["validate", "t.json", "page.json", "sign.json"], files);
  expect(exitCode).toBe(1);
  expect(out).toContain('There is no partial "footer". Known: "sign". It is used in "page".');
});

test("publish saves what a document uses before the document", async () => {
  const stack = await shop();
  const { exitCode, did } = await command(stack, ["publish", ...Object.keys(files)], files);
  expect([exitCode, did]).toEqual([0, ["save sign", "save footer", "save page", "save hello"]]);
  expect((await stack.templates()).map(({ id }) => id)).toEqual(["hello"]);
  expect((await stack.sharedTexts()).map(({ id }) => id)).toEqual(["footer", "page", "sign"]);
});

describe("on a stack that has them", () => {
  const published = async () => {
    const stack = await shop();
    await command(stack, ["publish", ...Object.keys(files)], files);
    return stack;
  };

  test("a template's file is checked with the layouts and partials of the stack", async () => {
    const { exitCode, json } = await answer(await published(), ["publish", "t.json"], { "t.json": framed });
    expect([exitCode, json.results]).toMatchObject([0, [{ state: "unchanged" }]]);
  });

  test("a partial that would break a template is refused, and the problem names the template", async () => {
    const { exitCode, json } = await answer(await published(), ["publish", "s.json"], {
      "s.json": { ...sign, html: "-- {% render 'none' %}" },
    });
    expect([exitCode, json.problems]).toMatchObject([1, [{ code: "unknown-partial" }]]);
  });

  test("a partial that breaks a live template is published when the template is changed by the same publish", async () => {
    const stack = await published();
    const changed = {
      "sign.json": { ...sign, html: "-- {{ by }} {{ place }}" },
      "footer.json": { ...footer, html: "{% render 'sign', by: 'Shop', place: place %}" },
      "t.json": { ...framed, html: "Hi {% render 'footer', place: 'Rome' %}", layout: undefined },
    };
    const one = await answer(stack, ["publish", "footer.json"], changed);
    expect(one.json.problems).toMatchObject([{ code: "breaks-template" }]);
    const { exitCode, json } = await answer(stack, ["publish", ...Object.keys(changed)], changed);
    expect([exitCode, json.results]).toMatchObject([0, [{ id: "hello" }, { id: "sign" }, { id: "footer" }]]);
  });

  test("a template that was saved before its layout is live when the layout is published", async () => {
    const stack = await shop();
    const alone = { "t.json": { ...letter, layout: "page", html: "Hi" }, "l.json": { ...page, html: "{{ content }}" } };
    stack.put(alone["t.json"]);
    expect(await stack.templateOutcome("hello")).toMatchObject({ state: "rejected" });
    expect((await command(stack, ["publish", "l.json"], alone)).exitCode).toBe(0);
    expect(await stack.template("hello")).toMatchObject({ publication: { state: "published" } });
  });

  test("diff names the templates whose messages change", async () => {
    const changed = { "s.json": { ...sign, html: "— {{ by }}" } };
    const { exitCode, out } = await command(await published(), ["diff", "s.json"], changed);
    expect(exitCode).toBe(1);
    expect(out).toContain("Partial sign; used by hello");
    expect(out).toContain("The messages of 1 template change at once");
    expect((await answer(await published(), ["diff", "s.json"], changed)).json).toMatchObject({
      ok: false,
      kind: "partial",
      templates: ["hello"],
    });
  });

  test("diff of a new one says so", async () => {
    const { out } = await command(await published(), ["diff", "n.json"], { "n.json": { ...sign, id: "new" } });
    expect(out).toBe("Partial new is new to the stack; used by no template");
  });

  test("export writes a file for each", async () => {
    const { written } = await command(await published(), ["export", "out"], {});
    expect(Object.keys(written)).toEqual(expect.arrayContaining(["out/page.layout.json", "out/sign.partial.json"]));
  });
});

describe("render", () => {
  const beside = {
    "mail/t.json": framed,
    "mail/page.layout.json": page,
    "mail/footer.partial.json": footer,
    "mail/sign.partial.json": sign,
    "ada.json": { email: "ada@mail.example", firstName: "Ada" },
  };
  const render = (...words: string[]) => ran(["render", "mail/t.json", "--customer", "ada.json", ...words], beside);

  test("uses the layouts and partials beside the file, and shows every language", async () => {
    const { out, err } = await render();
    expect([out.split("\n"), err]).toEqual([
      [
        ...[
          "To: ada@mail.example",
          "",
          "── All other languages, this customer's message ──",
          "Subject: Hello Ada",
          "",
          "Hi",
          "",
          "-- Shop",
        ],
        ...["", "── German (de) ──", "Subject: Hallo", "", "Hallo", "", "-- Shop"],
      ],
      "",
    ]);
  });

  test("shows the variant of a language", async () => {
    expect((await render("--language", "de-AT")).out).toContain("Subject: Hallo");
  });
});
