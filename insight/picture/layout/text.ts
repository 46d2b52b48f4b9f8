/** Fits text into boxes without a browser. The widths are those of a wide font, so that no font overflows a box. */

/** Widths in DejaVu Sans, the widest of the fonts a browser falls back to, in hundredths of the size. */
const WIDTHS: readonly (readonly [number, string])[] = [
  [30, "'IJijl"],
  [35, " ,./:;\\|·"],
  [40, "()-[]ft"],
  [45, "!r"],
  [50, '"*_`'],
  [55, "?csz"],
  [60, "FLkvxy"],
  [65, "$0123456789EPSTYabdeghnopqu{}“”"],
  [70, "ABCKRVXZ"],
  [75, "NU"],
  [80, "&DGHOQ"],
  [85, "#+<=>^w~×≠≤≥"],
  [90, "M"],
  [100, "%@Wm…"],
];
const widths = new Map(WIDTHS.flatMap(([width, characters]) => [...characters].map((one) => [one, width / 100])));
/** Accented Latin letters, Greek and Cyrillic. Every other character counts as an ideograph, the widest case. */
const LETTER = 0.8;
const IDEOGRAPH = 1.15;
const BOLD = 1.15;

export function widthOf(text: string, size: number, bold = false): number {
  let width = 0;
  for (const one of text) width += widths.get(one) ?? ((one.codePointAt(0) ?? 0) < 0x530 ? LETTER : IDEOGRAPH);
  return width * size * (bold ? BOLD : 1);
}

interface Room {
  readonly size: number;
  readonly width: number;
  /** The maximum number of lines. */
  readonly most: number;
  readonly bold?: boolean;
}

/** Breaks a text into lines. Text that does not fit is cut and ends in an ellipsis. */
export function wrap(text: string, room: Room): string[] {
  const fits = (line: string) => widthOf(line, room.size, room.bold) <= room.width;
  const lines: string[] = [];
  let line = "";
  const parts = text.split(/(?<=\s)/).flatMap((word) => (fits(word.trimEnd()) ? [word] : word.split(/(?<=[./,_-])/)));
  const words = parts.flatMap((part) => (fits(part.trimEnd()) ? [part] : pieces(part, fits)));
  for (const word of words) {
    if (line !== "" && !fits(`${line}${word}`.trimEnd())) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += word;
  }
  lines.push(line.trimEnd());
  const kept = lines.slice(0, room.most);
  if (lines.length > room.most) kept.push(`${kept.pop() ?? ""}…`);
  return kept.map((line) => (fits(line) ? line : cut(line, fits)));
}

/** A word that is longer than a line breaks where the line is full, such as a long compound. */
function pieces(word: string, fits: (line: string) => boolean): string[] {
  const found: string[] = [];
  let piece = "";
  for (const one of word) {
    if (piece !== "" && !fits((piece + one).trimEnd())) {
      found.push(piece);
      piece = "";
    }
    piece += one;
  }
  return [...found, piece];
}

function cut(line: string, fits: (line: string) => boolean): string {
  const characters = [...line.replace(/…$/, "")];
  while (characters.length > 1 && !fits(`${characters.join("").trimEnd()}…`)) characters.pop();
  return `${characters.join("").trimEnd()}…`;
}
