/** The plain text of an HTML message, for readers who see no HTML, and for filters that distrust mail without text. */
import { compile } from "html-to-text";

const convert = compile({
  wordwrap: false,
  limits: { maxInputLength: 2_000_000, maxDepth: 200 },
  selectors: [
    ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: "a", options: { hideLinkHrefIfSameAsText: true, linkBrackets: ["<", ">"], noAnchorUrl: true } },
    // Tables lay mails out: each cell is a line of its own.
    ...["td", "th"].map((selector) => ({
      selector,
      format: "block",
      options: { leadingLineBreaks: 1, trailingLineBreaks: 1 },
    })),
    ...["img", "title"].map((selector) => ({ selector, format: "skip" })),
    { selector: "ul", options: { itemPrefix: "- " } },
  ],
});

/** Links keep their address in angle brackets (RFC 3986, appendix C); pictures are left out. */
export function plainTextOf(html: string): string {
  return convert(html).trim();
}
