/** The preview of a template for the made-up customer: an admin sees a message before any customer is named. */
import { expect, test } from "vitest";
import { examples } from "../../console/engine/examples.ts";
import { embeddedPlace } from "../../console/place/embedded-place.ts";
import { templateAnswer } from "../../console/server/answers/templates.ts";

test.each([
  ["a text message", "appointment-text", "Salon Nova: Ada"],
  ["a mail", "appointment-mail", "Ada"],
])("%s is rendered, because the customer has an address for it", async (_, id, text) => {
  const place = await embeddedPlace(examples().filter(({ name }) => name === "appointment-reminder"));
  const { preview } = await templateAnswer({ id }, place);
  expect(preview).toMatchObject({ text: expect.stringContaining(text) });
});
