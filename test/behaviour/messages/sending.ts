/** A journey that sends, and the message that it sends. */
import { ann, hello, journey, start, tell } from "../scenario-of.ts";

export const sending = (more: object = {}, parts: object = {}) =>
  journey({
    components: {
      mail: { type: "sendTemplate", template: "hello", next: "tag", ...more },
      tag: { type: "addTag", tags: ["after"] },
    },
    ...parts,
  });

export const email = (more: object) => ({ ...hello, ...more });

/** The message that is sent. */
export async function message(
  template: object,
  given: object = {},
  customer: object = {},
  component: object = {},
  parts: object = {},
) {
  const { lines } = await tell({
    templates: [{ ...hello, ...template }],
    journeys: [sending(component, parts)],
    customers: [{ ...ann, ...customer }],
    events: [start("01-05 10:00", given as Record<string, unknown>)],
  });
  return lines.find(({ kind }) => kind === "message");
}
