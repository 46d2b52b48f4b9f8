/**
 * Makes the plain text of an HTML message. Some mail programs show no HTML, and spam filters distrust a mail that has no
 * plain text.
 *
 * html-to-text takes time and memory that grow with the square of the nesting, and each level of a quote or list lengthens
 * every line in it. Tags beyond a depth that no mail needs are therefore left out before the conversion; their text stays.
 */
import { compile } from "html-to-text";
import { utf8Length } from "../values/utf8-length.ts";
import { MOST_BYTES, type RenderBudget, TooMuchError } from "./liquid/render-budget.ts";

/** Characters of HTML. Mail programs cut a message off at a much smaller size: Gmail at 102 kB. */
const MOST_HTML = 500_000;
const MOST_DEEP = 150;
/** The most levels of quotes and lists within each other. */
const MOST_INDENTED = 8;
/** The most characters that one level of a list puts before a line: the longest number. */
const INDENTATION = 30;
const RULE = 40;
/** Characters of indentation and rules, before the text is cut to size. */
const MOST_INDENTATION = 4_000_000;
const STEPS_PER_CHARACTER = 0.2;

const convert = compile({
  wordwrap: false,
  limits: { maxInputLength: 2 * MOST_HTML, maxDepth: MOST_DEEP + MOST_INDENTED },
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

/**
 * A link keeps its address in angle brackets (RFC 3986, appendix C). Pictures are left out.
 * @throws TooMuchError
 */
export function plainTextOf(html: string, budget?: RenderBudget): string {
  if (html.length > MOST_HTML) throw new TooMuchError(`HTML of more than ${MOST_HTML} characters needs a text part.`);
  budget?.work(html.length * STEPS_PER_CHARACTER);
  const text = convert(shallow(html)).trim();
  if (utf8Length(text) > MOST_BYTES) throw new TooMuchError("The plain text of the HTML is too large.");
  budget?.finish(text);
  return text;
}

const TAG = /<(\/?)([a-zA-Z][^\s/>]*)/g;
const indenting = new Set(["blockquote", "ul", "ol"]);
/** Elements without an end tag, and elements that the next one ends. */
const unnested = new Set(
  "area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option thead tbody tfoot".split(
    " ",
  ),
);

/** An end tag without a start tag has no effect, with any attributes. */
const LEFT_OUT = "</x";

/** The HTML without the tags that are nested too deep. */
function shallow(html: string): string {
  const open: string[] = [];
  const leftOut = new Map<string, number>();
  let [tags, rules, indentation, mostIndented] = [0, 0, 0, 0];
  const kept = html.replace(TAG, (tag, slash: string, written: string) => {
    const name = written.toLowerCase();
    tags++;
    if (name === "hr") rules++;
    if (unnested.has(name)) return tag;
    const missing = leftOut.get(name) ?? 0;
    if (slash !== "") {
      if (missing > 0) {
        leftOut.set(name, missing - 1);
        return LEFT_OUT;
      }
      const last = open.lastIndexOf(name);
      if (last >= 0) indentation -= open.splice(last).filter((closed) => indenting.has(closed)).length;
      return tag;
    }
    const isIndenting = indenting.has(name);
    if (open.length >= MOST_DEEP || (isIndenting && indentation >= MOST_INDENTED)) {
      leftOut.set(name, missing + 1);
      return LEFT_OUT;
    }
    open.push(name);
    if (isIndenting) mostIndented = Math.max(mostIndented, ++indentation);
    return tag;
  });
  if (tags * mostIndented * INDENTATION + rules * RULE > MOST_INDENTATION)
    throw new TooMuchError("The lists and quotes of the HTML make its plain text too large.");
  return kept;
}
