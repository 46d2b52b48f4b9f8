/** The pieces of a picture as SVG: boxes, labels and lines. */
import { fullText, type Kind } from "./diagram/diagram.ts";
import { type FittedBox, type FittedWay, INDENT, isPill, LEADING, SIZES } from "./layout/fitted.ts";
import type { Line, Placed, Point } from "./layout/layout.ts";
import { glyphs } from "./looks.ts";
import { escapeMarkup } from "./markup.ts";
import { type Color, fill, stroke } from "./theme.ts";

interface Words extends Point {
  readonly size: number;
  readonly color: Color;
  readonly more?: string;
}

export function words(text: string, { x, y, size, color, more = "" }: Words): string {
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" ${fill(color)}${more}>${escapeMarkup(text)}</text>`;
}

/** The look of parts of the journey that the customer of the overlay has not reached. */
const PALE = ' opacity=".35"';
const open = (pale: boolean | undefined) => `<g${pale ? PALE : ""}>`;

const centred = ' text-anchor="middle"';
const bold = ' font-weight="600"';

export function boxShape(box: Placed<FittedBox>): string {
  const { x, y, kind, over, shown, lines, width, height, pale } = box;
  const [left, top] = [round(x - width / 2), round(y - height / 2)];
  const frame = `x="${left}" y="${top}" width="${round(width)}" height="${height}"`;
  const title = `<title>${escapeMarkup(fullText(box))}</title>`;
  if (isPill(kind)) {
    const [color, outline] = kind === "end" ? (["faint", "edge"] as const) : (["exit-stroke", "exit-stroke"] as const);
    const dashes = kind === "end" ? "" : ' stroke-dasharray="4 3"';
    const first = y + 4 - ((shown.lines.length - 1) * LEADING.label) / 2;
    const texts = shown.lines.map((line, index) =>
      words(line, { x, y: first + index * LEADING.label, size: shown.size, color, more: centred }),
    );
    return `${open(pale)}${title}<rect ${frame} rx="13" ${fill("chip")} ${stroke(outline)}${dashes}/>${texts.join("")}</g>`;
  }
  const text = { x: left + INDENT };
  const below = top + 54 + (shown.lines.length - 1) * LEADING.title;
  return [
    `${open(pale)}${title}`,
    `<rect ${frame} rx="10" ${fill(`${kind}-fill`)} ${stroke(`${kind}-stroke`)} stroke-width="1.5"/>`,
    disc(kind, left + 25, top + 24),
    words(over.toUpperCase(), {
      ...text,
      y: top + 19,
      size: SIZES.over,
      color: `${kind}-stroke`,
      more: ' letter-spacing=".4"',
    }),
    ...shown.lines.map((line, index) =>
      words(line, { ...text, y: top + 36 + index * LEADING.title, size: shown.size, color: "ink", more: bold }),
    ),
    ...lines.map((line, index) =>
      words(line, { ...text, y: below + index * LEADING.line, size: SIZES.line, color: "soft" }),
    ),
    "</g>",
  ].join("");
}

function disc(kind: Kind, x: number, y: number): string {
  return `<circle cx="${x}" cy="${y}" r="14" ${fill(`${kind}-stroke`)}/><path transform="translate(${x - 8} ${y - 8})" d="${glyphs[kind]}" fill="none" ${stroke("paper")} stroke-width="1.6" stroke-linejoin="round" stroke-linecap="round"/>`;
}

export function labelShape({ label, lines, x, y, width, height, pale }: Placed<FittedWay>): string {
  const top = y - height / 2;
  return [
    `<g><title>${escapeMarkup(label)}</title><rect x="${round(x - width / 2)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" rx="${Math.min(10, height / 2)}" ${fill("paper")} ${stroke("edge")}/>`,
    // Only the text becomes pale: the line must not show through the label.
    ...lines.map((line, index) =>
      words(line, {
        x,
        y: top + 14 + index * LEADING.label,
        size: SIZES.label,
        color: "soft",
        more: `${centred}${pale ? PALE : ""}`,
      }),
    ),
    "</g>",
  ].join("");
}

/** A line with its arrow. A line that leads back up is dashed and has a second arrow halfway. */
export function lineShape({ points, back, pale }: Line): string {
  const end = points.at(-1);
  const dashes = back ? ' stroke-dasharray="5 4"' : "";
  const drawn = [
    `<path d="${rounded(points)}" fill="none" ${stroke("line")} stroke-width="1.5"${dashes}/>`,
    end && `<path d="M${round(end.x)} ${round(end.y - 1)}l-4.5-8h9z" ${fill("line")}/>`,
    back && `<path d="M${round(back.x)} ${round(back.y)}l-4.5 8h9z" ${fill("line")}/>`,
  ]
    .filter(Boolean)
    .join("");
  return pale ? `${open(pale)}${drawn}</g>` : drawn;
}

const RADIUS = 9;

/** A path through points. A corner is rounded by at most half of its shorter side. */
export function rounded(points: readonly Point[]): string {
  const corners = points.filter((point, index) => !isStraight(points[index - 1], point, points[index + 1]));
  return corners
    .map((point, index) => {
      const [before, after] = [corners[index - 1], corners[index + 1]];
      if (!before) return `M${round(point.x)} ${round(point.y)}`;
      if (!after) return `L${round(point.x)} ${round(point.y)}`;
      const radius = Math.min(RADIUS, apart(before, point) / 2, apart(point, after) / 2);
      const [from, to] = [towards(point, before, radius), towards(point, after, radius)];
      return `L${round(from.x)} ${round(from.y)}Q${round(point.x)} ${round(point.y)} ${round(to.x)} ${round(to.y)}`;
    })
    .join("");
}

const apart = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

function isStraight(before: Point | undefined, point: Point, after: Point | undefined): boolean {
  if (!before || !after) return false;
  if (apart(before, point) < 0.5) return true;
  return Math.abs(before.x - point.x) < 0.5 && Math.abs(point.x - after.x) < 0.5;
}

function towards(from: Point, to: Point, length: number): Point {
  const share = length / (apart(from, to) || 1);
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
