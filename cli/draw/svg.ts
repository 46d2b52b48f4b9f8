/** A journey as an SVG that people like to look at: on its own paper, so that it reads on light and dark pages. */
import type { Journey } from "../../lambdas/domain/journey.ts";
import { ruleText, span } from "./captions.ts";
import { colours, glyphs } from "./kinds.ts";
import { type Box, LABEL_SIZE, layout, type Way } from "./layout.ts";
import { escapeXml, widthOf, wrap } from "./text.ts";

const INK = "#1f2937";
const FAINT = "#6b7280";
const HEAD = 64;
const SIDE_WIDTH = 264;

export function svg(journey: Journey): string {
  const picture = layout(journey);
  const side = panel(journey);
  const name = wrap(journey.name, 20, picture.width + (side.height > 0 ? SIDE_WIDTH : 0) - 56, 1)[0] ?? "";
  const width = Math.max(picture.width + (side.height > 0 ? SIDE_WIDTH + 28 : 0), widthOf(name, 20) + 56);
  const height = HEAD + Math.max(picture.height, side.height + 28);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" role="img" aria-labelledby="title" font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif">`,
    `<title id="title">${escapeXml(`The journey “${journey.name}”`)}</title>`,
    `<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 10 5 0 10z" fill="#9ca3af"/></marker></defs>`,
    `<rect width="100%" height="100%" rx="14" fill="#ffffff" stroke="#e5e7eb"/>`,
    `<text x="28" y="34" font-size="20" font-weight="700" fill="${INK}">${escapeXml(name)}</text>`,
    `<text x="28" y="54" font-size="12" fill="${FAINT}">${escapeXml(`${journey.id} · ${journey.status}`)}</text>`,
    `<g transform="translate(0 ${HEAD})">`,
    ...picture.ways.map(line),
    ...picture.boxes.map(boxOf),
    ...picture.ways.map(label),
    "</g>",
    side.height > 0 ? `<g transform="translate(${round(width - SIDE_WIDTH - 28)} ${HEAD + 28})">${side.drawn}</g>` : "",
    "</svg>",
  ]
    .filter(Boolean)
    .join("\n");
}

function boxOf({ x, y, kind, over, title, lines, full, width, height }: Box): string {
  const [left, top] = [round(x - width / 2), round(y - height / 2)];
  if (kind === "end")
    return `<g><title>${escapeXml(full)}</title><rect x="${left}" y="${top}" width="${width}" height="${height}" rx="13" fill="#f3f4f6" stroke="#d1d5db"/><text x="${round(x)}" y="${round(y + 4)}" font-size="11" text-anchor="middle" fill="${FAINT}">${title}</text></g>`;
  const { fill, stroke } = colours[kind];
  const shown = wrap(title, 14, width - 58, 1)[0] ?? "";
  return [
    `<g><title>${escapeXml(full)}</title>`,
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" rx="10" fill="${fill}" stroke="${stroke}" stroke-width="1.5"/>`,
    `<circle cx="${left + 24}" cy="${top + 24}" r="14" fill="${stroke}"/>`,
    glyph(kind, left + 16, top + 16, "#ffffff"),
    `<text x="${left + 46}" y="${top + 19}" font-size="10" letter-spacing=".4" fill="${stroke}">${escapeXml(over.toUpperCase())}</text>`,
    `<text x="${left + 46}" y="${top + 36}" font-size="14" font-weight="600" fill="${INK}">${escapeXml(shown)}</text>`,
    ...lines.map(
      (text, index) =>
        `<text x="${left + 46}" y="${top + 54 + index * 16}" font-size="12" fill="#4b5563">${escapeXml(text)}</text>`,
    ),
    "</g>",
  ].join("");
}

function glyph(kind: keyof typeof glyphs, x: number, y: number, colour: string): string {
  return `<path transform="translate(${x} ${y})" d="${glyphs[kind]}" fill="none" stroke="${colour}" stroke-width="1.6" stroke-linejoin="round" stroke-linecap="round"/>`;
}

function line({ points }: Way): string {
  return `<path d="${curve(points)}" fill="none" stroke="#9ca3af" stroke-width="1.5" marker-end="url(#tip)"/>`;
}

/** A smooth line through the points of a way: straight to the middle of each piece, bent at the points. */
function curve(points: Way["points"]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  const last = rest.at(-1) ?? first;
  const bends = rest.slice(0, -1).map((point, index) => {
    const after = rest[index + 1] ?? last;
    return `Q${round(point.x)} ${round(point.y)} ${round((point.x + after.x) / 2)} ${round((point.y + after.y) / 2)}`;
  });
  return `M${round(first.x)} ${round(first.y)}${bends.join("")}L${round(last.x)} ${round(last.y)}`;
}

function label({ label, full, x, y }: Way): string {
  if (label.length === 0) return "";
  const width = Math.max(...label.map((text) => widthOf(text, LABEL_SIZE))) + 10;
  const height = label.length * (LABEL_SIZE + 3) + 5;
  const top = y - height / 2;
  return [
    `<g><title>${escapeXml(full)}</title><rect x="${round(x - width / 2)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" rx="5" fill="#ffffff" stroke="#e5e7eb"/>`,
    ...label.map(
      (text, index) =>
        `<text x="${round(x)}" y="${round(top + LABEL_SIZE + 2 + index * (LABEL_SIZE + 3))}" font-size="${LABEL_SIZE}" text-anchor="middle" fill="#374151">${escapeXml(text)}</text>`,
    ),
    "</g>",
  ].join("");
}

/** Exits and goals: watched from entry on, hence beside the way and not on it. */
function panel(journey: Journey): { drawn: string; height: number } {
  const watched = [
    ...(journey.exit ?? []).map((rule) => ({
      kind: "exit" as const,
      over: "Exit",
      title: rule.id,
      detail: ruleText(rule),
    })),
    ...(journey.goals ?? []).map((rule) => ({
      kind: "goal" as const,
      over: "Goal",
      title: rule.id,
      detail: `${ruleText(rule)}, within ${span(rule.within ?? "P30D")}`,
    })),
  ];
  if (watched.length === 0) return { drawn: "", height: 0 };
  let y = 22;
  const drawn = [`<text x="0" y="6" font-size="12" fill="${FAINT}">Watched from entry on</text>`];
  for (const { kind, over, title, detail } of watched) {
    const lines = wrap(detail, 12, SIDE_WIDTH - 58, 4);
    const height = 48 + lines.length * 16;
    const full = `${over}: ${title}: ${detail}`;
    drawn.push(
      boxOf({
        id: title,
        kind,
        over,
        title,
        lines,
        full,
        width: SIDE_WIDTH,
        height,
        x: SIDE_WIDTH / 2,
        y: y + height / 2,
      }),
    );
    y += height + 14;
  }
  return { drawn: drawn.join("\n"), height: y };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
