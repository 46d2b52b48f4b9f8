/**
 * Splits good Liquid into its outputs, its tags and the text between them. Every character is read once, however long the
 * template is: a regular expression with an open end would read the rest again for each opening brace.
 */
export interface LiquidPart {
  readonly kind: "text" | "output" | "tag";
  /** The text, or what stands between the braces, without hyphens and blanks. */
  readonly content: string;
}

const OPEN = /\{[{%]/g;
const NAME = /^\w+/;

/** The parts of a template's Liquid, without comments and raw text. */
export function liquidParts(source: string): LiquidPart[] {
  const parts: LiquidPart[] = [];
  const text = (from: number, to: number) => {
    if (to > from) parts.push({ kind: "text", content: source.slice(from, to) });
  };
  let at = 0;
  OPEN.lastIndex = 0;
  for (let open = OPEN.exec(source); open; open = OPEN.exec(source)) {
    const isTag = open[0] === "{%";
    const end = source.indexOf(isTag ? "%}" : "}}", open.index + 2);
    if (end < 0) break;
    text(at, open.index);
    at = end + 2;
    const content = source
      .slice(open.index + 2, end)
      .replace(/^-|-$/g, "")
      .trim();
    const name = NAME.exec(content)?.[0];
    if (isTag && (name === "raw" || name === "comment")) at = closed(source, name, at);
    else parts.push({ kind: isTag ? "tag" : "output", content });
    OPEN.lastIndex = at;
  }
  text(at, source.length);
  return parts;
}

/** The end of the tag that closes a comment or a raw text. */
function closed(source: string, name: "raw" | "comment", from: number): number {
  const close = name === "raw" ? /\{%-?\s*endraw\s*-?%\}/g : /\{%-?\s*endcomment\s*-?%\}/g;
  close.lastIndex = from;
  return close.exec(source) ? close.lastIndex : source.length;
}
