/** The plain text that is made from an HTML message. */
import { describe, expect, test } from "vitest";
import { TooMuchError } from "../../../lambdas/domain/messages/liquid/render-budget.ts";
import { plainTextOf } from "../../../lambdas/domain/messages/plain-text.ts";

test.each([
  ["paragraphs", "<p>One</p><p>Two</p>", "One\n\nTwo"],
  ["a line break", "One<br>Two", "One\nTwo"],
  ["white space is one blank", "<p>One\n   two\t<b>three</b></p>", "One two three"],
  ["a heading keeps its letters", "<h1>Hello Ann</h1>", "Hello Ann"],
  [
    "a link keeps its address",
    '<a href="https://a.example/?b=1&amp;c=2">Finish</a>',
    "Finish <https://a.example/?b=1&c=2>",
  ],
  [
    "a link whose text is its address shows it once",
    '<a href="https://a.example">https://a.example</a>',
    "https://a.example",
  ],
  ["an anchor has no address", '<a href="#top">up</a>', "up"],
  ["a list", "<ul><li>Tea<li>Coffee</ul>", "- Tea\n- Coffee"],
  ["a numbered list", "<ol><li>Tea<li>Coffee</ol>", "1. Tea\n 2. Coffee"],
  ["a table that makes a layout", "<table><tr><td>A</td><td>B</td></tr><tr><td>C</td></tr></table>", "A\nB\nC"],
  ["entities", "&lt;b&gt; &amp; &euro; &#8364; &nbsp;x", "<b> & € € \u00a0x"],
  ["escaped markup is text", "&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"],
  [
    "style, script, title and comments are left out",
    "<title>T</title><style>p{}</style><script>x()</script><!-- c -->y",
    "y",
  ],
  ["a picture is left out", '<img src="https://a.example/p.gif" alt="">x', "x"],
  ["any language", "<p>Grüße, 你好, שלום 🙂</p>", "Grüße, 你好, שלום 🙂"],
  ["broken HTML", "<p>One<div>Two</p></span>", "One\n\nTwo"],
])("%s", (_, html, text) =>
  expect(plainTextOf(html).replace(/\n+/g, (lines) => (lines.length > 1 ? "\n\n" : "\n"))).toBe(text),
);

test("HTML without text gives an empty text", () => expect(plainTextOf("<div><img src=x></div>")).toBe(""));

describe("HTML that is nested deeper than any mail", () => {
  test.each([
    ["unclosed tags", `${"<div>".repeat(90_000)}end`, "end"],
    [
      "nested tags, and what follows them",
      `${"<b>".repeat(9_000)}in${"</b>".repeat(9_000)}<p>after</p>`,
      "in\n\nafter",
    ],
    ["tags with attributes", `${'<div class="a">'.repeat(900)}x`, "x"],
  ])("keeps its text: %s", (_, html, text) => expect(plainTextOf(html)).toBe(text));

  test("indents for the outer eight of nested quotes only", () => {
    expect(plainTextOf(`${"<blockquote>".repeat(200)}x`)).toBe(`${"> ".repeat(8)}x`);
  });
});

describe("HTML whose plain text would be too large is refused", () => {
  test.each([
    ["quotes of many lines", `${"<blockquote>".repeat(8)}${"a<br>".repeat(40_000)}`],
    ["rules", "<hr>".repeat(120_000)],
    ["more than 500,000 characters", "word ".repeat(100_001)],
  ])("%s", (_, html) => expect(() => plainTextOf(html)).toThrow(TooMuchError));
});
