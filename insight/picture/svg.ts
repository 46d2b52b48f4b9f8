/** A journey as SVG, in light and in dark colors; the reader's system decides between them. */
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { type BrokenComponent, diagramOf, type Overlay, watchedBy } from "./diagram/diagram.ts";
import { layout } from "./layout/layout.ts";
import { wrap } from "./layout/text.ts";
import { escapeMarkup } from "./markup.ts";
import { PANEL_WIDTH, panelOf } from "./panel.ts";
import { boxShape, labelShape, lineShape, round, words } from "./shapes.ts";
import { darkStyle, fill, stroke } from "./theme.ts";

const MARGIN = 28;
const PANEL_GAP = 48;
const NAME = { size: 20, leading: 26 };
const LEAST_WIDTH = 360;
const FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif";

/** `overlay`: one customer's path. `broken`: components with problems. */
export function svg(journey: Journey, overlay?: Overlay, broken?: readonly BrokenComponent[]): string {
  const picture = layout(diagramOf(journey, overlay, broken));
  const panel = panelOf(watchedBy(journey, overlay));
  const beside = panel.boxes.length > 0 ? PANEL_GAP + PANEL_WIDTH : 0;
  const inner = Math.max(LEAST_WIDTH, picture.width + beside);
  const name = wrap(journey.name, { size: NAME.size, width: inner, most: 2, bold: true });
  const top = MARGIN + name.length * NAME.leading + 52;
  const left = MARGIN + (inner - beside - picture.width) / 2;
  const width = inner + 2 * MARGIN;
  const height = top + Math.max(picture.height, panel.height) + MARGIN;
  const drawn = [
    `<rect x=".5" y=".5" width="${round(width - 1)}" height="${round(height - 1)}" rx="14" ${fill("paper")} ${stroke("edge")}/>`,
    ...name.map((line, index) =>
      words(line, {
        x: MARGIN,
        y: MARGIN + 16 + index * NAME.leading,
        size: NAME.size,
        color: "ink",
        more: ' font-weight="700"',
      }),
    ),
    words(`${journey.id} · ${journey.status}`, { x: MARGIN, y: top - 40, size: 12, color: "faint" }),
    `<g transform="translate(${round(left)} ${top})">`,
    ...picture.lines.map(lineShape),
    ...picture.labels.map(labelShape),
    ...picture.boxes.map(boxShape),
    "</g>",
    ...(beside > 0
      ? [
          `<g transform="translate(${round(width - MARGIN - PANEL_WIDTH)} ${top})">`,
          words("Watched from entry on", { x: 0, y: -12, size: 11, color: "faint" }),
          ...panel.boxes.map(boxShape),
          "</g>",
        ]
      : []),
  ].join("\n");
  const base = journey.id.replace(/[^A-Za-z0-9-]/g, "-");
  const ids = { title: `${base}-title`, words: `${base}-words` };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" role="img" aria-labelledby="${ids.title} ${ids.words}" font-family="${FONTS}">`,
    `<title id="${ids.title}">${escapeMarkup(`The journey “${journey.name}”`)}</title>`,
    `<desc id="${ids.words}">${escapeMarkup(descriptionOf(journey))}</desc>`,
    darkStyle(drawn),
    drawn,
    "</svg>",
  ].join("\n");
}

function descriptionOf({ trigger, components, exit = [], goals = [] }: Journey): string {
  const counted = (list: readonly unknown[], one: string, more: string) =>
    `${list.length} ${list.length === 1 ? one : more}`;
  const parts = [
    counted(Object.keys(components), "component", "components"),
    counted(exit, "exit rule", "exit rules"),
    counted(goals, "goal", "goals"),
  ];
  return `It starts with ${trigger.event ?? "a change of the customer"} and has ${parts.join(", ")}.`;
}
