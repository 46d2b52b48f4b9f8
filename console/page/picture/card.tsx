/**
 * A card of the picture: a component, the trigger, a rule or an end. A person can choose the card by mouse and
 * keyboard.
 */
import { fullText } from "../../../insight/picture/diagram/diagram.ts";
import { type FittedBox, INDENT, isPill, LEADING, SIZES } from "../../../insight/picture/layout/fitted.ts";
import type { Placed } from "../../../insight/picture/layout/layout.ts";
import { glyphs } from "../../../insight/picture/looks.ts";
import { paint } from "../look/theme.ts";
import type { CardMark } from "./marks.ts";

interface Props {
  readonly box: Placed<FittedBox>;
  readonly mark: CardMark | undefined;
  readonly chosen: boolean;
  readonly onChoose: ((id: string) => void) | undefined;
}

export function Card({ box, mark, chosen, onChoose }: Props) {
  const { id, kind, x, y, width, height, shown, pale } = box;
  const [left, top] = [x - width / 2, y - height / 2];
  if (isPill(kind)) {
    const first = y + 4 - ((shown.lines.length - 1) * LEADING.label) / 2;
    return (
      <g class={`card ${kind}${pale || mark?.pale ? " pale" : ""}`} data-card={id}>
        <title>{fullText(box)}</title>
        <rect x={left} y={top} width={width} height={height} rx="13" />
        {shown.lines.map((line, index) => (
          <text key={line} x={x} y={first + index * LEADING.label} font-size={shown.size} text-anchor="middle">
            {line}
          </text>
        ))}
      </g>
    );
  }
  const choose = onChoose && (() => onChoose(id));
  const name = [fullText(box), mark?.came && `${mark.came} came`, mark?.here, mark?.problem].filter(Boolean).join("; ");
  return (
    <g
      class={`card${chosen ? " chosen" : ""}${pale || mark?.pale ? " pale" : ""}${mark?.problem ? " wrong" : ""}`}
      data-card={id}
      {...(choose && {
        role: "button",
        tabindex: 0,
        "aria-pressed": chosen,
        onClick: choose,
        onKeyDown: (event: KeyboardEvent) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          choose();
        },
      })}
    >
      <title>{name}</title>
      <rect
        class="face"
        x={left}
        y={top}
        width={width}
        height={height}
        rx="10"
        fill={paint(`${kind}-fill`)}
        stroke={mark?.problem ? undefined : paint(`${kind}-stroke`)}
      />
      <circle cx={left + 25} cy={top + 24} r="14" fill={paint(`${kind}-stroke`)} />
      <path class="glyph" transform={`translate(${left + 17} ${top + 16})`} d={glyphs[kind]} />
      <text x={left + INDENT} y={top + 19} font-size={SIZES.over} fill={paint(`${kind}-stroke`)} letter-spacing=".4">
        {box.over.toUpperCase()}
      </text>
      {mark?.came === undefined ? null : (
        <text class="came" x={left + width - 12} y={top + 20} text-anchor="end">
          {mark.came}
        </text>
      )}
      {shown.lines.map((line, index) => (
        <text
          key={`title ${line}`}
          class="title"
          x={left + INDENT}
          y={top + 36 + index * LEADING.title}
          font-size={shown.size}
        >
          {line}
        </text>
      ))}
      {box.lines.map((line, index) => (
        <text
          key={`line ${index}`}
          class="line"
          x={left + INDENT}
          y={top + 54 + (shown.lines.length - 1) * LEADING.title + index * LEADING.line}
          font-size={SIZES.line}
        >
          {line}
        </text>
      ))}
      {mark?.here === undefined ? null : <Here text={mark.here} x={left + width} y={top + height} />}
    </g>
  );
}

/** A chip on the lower right corner: how many customers are here now. */
function Here({ text, x, y }: { text: string; x: number; y: number }) {
  const width = text.length * 6.4 + 18;
  return (
    <g class="here">
      <rect x={x - width - 8} y={y - 5} width={width} height="20" rx="10" />
      <text x={x - 8 - width / 2} y={y + 9} text-anchor="middle">
        {text}
      </text>
    </g>
  );
}
