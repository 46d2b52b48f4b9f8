/**
 * Makes the plain text of an HTML message. Some mail programs show no HTML, and spam filters distrust a mail that has no
 * plain text.
 */
import { compile } from "html-to-text";

const convert = compile({
  wordwrap: false,
  limits: { maxInputLength: 2_000_000, maxDepth: 200 },
  selectors: [
    ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: "a", options: { hideLinkHrefIfSameAsText: true, linkBrackets: ["<", ">"], noAnchorUrl: true } },
    // Mails use tables for their layout, so each cell becomes a line of its own.
    ...["td", "th"].map((selector) => ({
      selector,
      format: "block",
      options: { leadingLineBreaks: 1, trailingLineBreaks: 1 },
    })),
    ...["img", "title"].map((selector) => ({ selector, format: "skip" })),
    { selector: "ul", options: { itemPrefix: "- " } },
  ],
});

/** A link keeps its address in angle brackets (RFC 3986, appendix C). Pictures are left out. */
export function plainTextOf(html: string): string {
  return convert(html).trim();
}
