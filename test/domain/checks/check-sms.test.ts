/** The warning of costly characters reads each character of a text once. */
import { expect, test } from "vitest";
import { defaultRegion } from "../../../insight/cost/bill.ts";
import { textCost } from "../../../insight/preview/text-parts.ts";
import { smsWarnings } from "../../../lambdas/domain/checks/texts/check-sms.ts";

const codes = (text: string) => smsWarnings(text, "text").map(({ code }) => code);
const distinct = Array.from({ length: 90_000 }, (_, index) => String.fromCodePoint(0x20000 + index)).join("");

// A check that reads the rest of the text again for each brace or character would not end here.
test.each([
  ["braces that nothing closes", `{% raw %}${"{{".repeat(200_000)}{% endraw %}`, []],
  ["characters that all differ", distinct, []],
  ["few costly characters in a long text", `${"plain ".repeat(60_000)}’`, ["costly-character"]],
  ["a costly character inside Liquid only", "Hi {{ customer.name | default: '’' }}, welcome", []],
])("a text is read once: %s", (_, text, expected) => expect(codes(text)).toEqual(expected));

test("the price of a text reads each character once", () =>
  expect(textCost(distinct, defaultRegion)).toMatchObject({ encoding: "UCS-2", costly: { parts: 589 } }));
