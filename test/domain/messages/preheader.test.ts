/** Where the preview line of a mail stands in the HTML. */
import { expect, test } from "vitest";
import { withPreheader } from "../../../lambdas/domain/messages/preheader.ts";

const before = (html: string) => withPreheader(html, "Soon").split("<div ")[0];

test.each([
  ["before a part of a page", "<p>Hello</p>", ""],
  ["behind the start of the body", "<html><body><p>Hello</p>", "<html><body>"],
  ["behind the attributes of the body", '<BODY class="a">Hello', '<BODY class="a">'],
  ["before everything if the body's tag does not end", "<p>Hello</p", ""],
  ["before another tag whose name starts so", "<bodyguard>", ""],
])("%s", (_, html, expected) => expect(before(html)).toBe(expected));

// A search that reads the rest again for each tag would not end here.
test("broken HTML is read once", () => expect(before("<body ".repeat(160_000))).toBe(""));
