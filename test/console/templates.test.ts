/** The preview of a template for the made-up customer: an admin sees a message before any customer is named. */
import { expect, test } from "vitest";
import { examples } from "../../console/engine/examples.ts";
import { embeddedPlace } from "../../console/place/embedded-place.ts";
import { sharedRows } from "../../console/server/answers/shared-texts.ts";
import { templateAnswer, templateRows } from "../../console/server/answers/templates.ts";

test.each([
  ["a text message", "appointment-text", "Salon Nova: Ada"],
  ["a mail", "appointment-mail", "Ada"],
])("%s is rendered, because the customer has an address for it", async (_, id, text) => {
  const place = await embeddedPlace(examples().filter(({ name }) => name === "appointment-reminder"));
  const { preview } = await templateAnswer({ id }, place);
  expect(preview).toMatchObject({ text: expect.stringContaining(text) });
});

test("a text message says what it costs, and an approved template where its text is; a mail says neither", async () => {
  const salon = await embeddedPlace(examples().filter(({ name }) => name === "appointment-reminder"));
  const lamps = await embeddedPlace(examples().filter(({ name }) => name === "whatsapp-welcome"));
  const notesOf = async (id: string, place: typeof salon) => {
    const { preview } = await templateAnswer({ id }, place);
    return preview && "notes" in preview ? preview.notes : [];
  };
  expect(await notesOf("appointment-text", salon)).toEqual([
    expect.stringMatching(/^1 part \(GSM-7\), about \$0\.\d+ /),
  ]);
  expect(await notesOf("whatsapp-greeting", lamps)).toEqual([expect.stringContaining("approved template")]);
  expect(await notesOf("appointment-mail", salon)).toEqual([]);
});

test("the list shows the text of a message without a subject, and the name of an approved template", async () => {
  const rows = [
    ...(await templateRows(
      (
        await embeddedPlace(examples().filter(({ name }) => name === "appointment-reminder"))
      ).stack,
    )),
    ...(await templateRows((await embeddedPlace(examples().filter(({ name }) => name === "whatsapp-welcome"))).stack)),
  ];
  expect(rows.map(({ id, says }) => [id, says.slice(0, 12)])).toEqual(
    expect.arrayContaining([
      ["appointment-text", "Salon Nova: "],
      ["appointment-mail", "Your appoint"],
      ["whatsapp-greeting", "greeting"],
    ]),
  );
});

test("a layout or partial names the templates whose messages change with it, also through other partials", async () => {
  const place = await embeddedPlace(examples().filter(({ name }) => name === "three-languages"));
  const nested = { id: "line-end", kind: "partial", html: "." };
  await place.stack.replaceTemplate(nested, undefined);
  const line = await place.stack.template("order-line");
  await place.stack.replaceTemplate({ ...line, html: `${line?.html}{% render "line-end" %}` }, line);
  expect((await sharedRows(place.stack)).map(({ id, kind, changes }) => [id, kind, ...changes])).toEqual([
    ["footer", "partial", "order-thanks"],
    ["line-end", "partial", "order-thanks"],
    ["order-line", "partial", "order-thanks"],
    ["shop", "layout", "order-thanks"],
  ]);
  expect(await templateAnswer({ id: "line-end" }, place)).toMatchObject({ changes: ["order-thanks"], problems: [] });
  const { uses, changes } = await templateAnswer({ id: "order-thanks" }, place);
  expect([uses.map(({ id }) => id).sort(), changes]).toEqual([["footer", "line-end", "order-line", "shop"], undefined]);
});
