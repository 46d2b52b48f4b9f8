/** Fitting text into boxes without a browser: widths are estimated on the wide side, so nothing is ever cut off. */

const NARROW = /[iljtfr.,:;'|!()[\] ]/;
const WIDE = /[mwMW@%—]/;

/** Estimated width of a text in a sans-serif font, in pixels. */
export function widthOf(text: string, size: number): number {
  let width = 0;
  for (const character of text) {
    const wide = (character.codePointAt(0) ?? 0) > 0x2e7f;
    width += wide
      ? 1.1
      : NARROW.test(character)
        ? 0.36
        : WIDE.test(character)
          ? 0.95
          : /[A-Z]/.test(character)
            ? 0.72
            : 0.6;
  }
  return width * size;
}

/** Breaks a text into at most so many lines; what does not fit ends in an ellipsis. */
export function wrap(text: string, size: number, width: number, most: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/(?<=[\s./,-])/)) {
    if (line !== "" && widthOf(line + word.trimEnd(), size) > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += word;
  }
  lines.push(line.trimEnd());
  const kept = lines.slice(0, most).map((line) => cut(line, size, width, false));
  const last = kept.length - 1;
  if (lines.length > most) kept[last] = cut(kept[last] ?? "", size, width, true);
  return kept;
}

function cut(line: string, size: number, width: number, always: boolean): string {
  if (!always && widthOf(line, size) <= width) return line;
  let kept = line.replace(/…$/, "");
  while (kept.length > 1 && widthOf(`${kept}…`, size) > width) kept = kept.slice(0, -1);
  return `${kept.trimEnd()}…`;
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`).replace(/[\p{Cc}\p{Cs}]/gu, " ");
}
