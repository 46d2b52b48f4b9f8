/** The connections of the picture, and the labels on them. The width of a connection shows its share of the customers. */
import { type FittedWay, LEADING, SIZES } from "../../../insight/picture/layout/fitted.ts";
import type { Line, Placed, Point } from "../../../insight/picture/layout/layout.ts";
import { rounded } from "../../../insight/picture/shapes.ts";
import type { WayMark } from "./marks.ts";

const LEAST_WIDTH = 1.5;
const MOST_WIDTH = 6;

interface Props {
  readonly line: Line;
  readonly mark: WayMark | undefined;
  /** Whether the connection has a label; its number is then below the label. */
  readonly label: Placed<FittedWay> | undefined;
}

export function Way({ line, mark, label }: Props) {
  const { points, back, pale } = line;
  const end = points.at(-1);
  const number = label ? { x: label.x + 6, y: label.y + label.height / 2 + 13 } : below(points[0]);
  const width = mark?.share === undefined ? LEAST_WIDTH : LEAST_WIDTH + (MOST_WIDTH - LEAST_WIDTH) * mark.share;
  return (
    <g class={`way${pale || mark?.share === 0 ? " pale" : ""}`}>
      <path class="line" d={rounded(points)} stroke-width={width} stroke-dasharray={back ? "5 4" : undefined} />
      {end ? <path class="arrow" d={`M${end.x} ${end.y - 1}l-5.5-9h11z`} /> : null}
      {back ? <path class="arrow" d={`M${back.x} ${back.y}l-4.5 8h9z`} /> : null}
      {mark?.text !== undefined && number ? (
        <text class="passed" x={number.x} y={number.y}>
          {mark.text}
        </text>
      ) : null}
    </g>
  );
}

const below = (point: Point | undefined) => point && { x: point.x + 8, y: point.y + 22 };

export function Label({ label }: { label: Placed<FittedWay> }) {
  const { x, y, width, height, lines, pale } = label;
  const top = y - height / 2;
  return (
    <g class={`label${pale ? " pale" : ""}`}>
      <title>{label.label}</title>
      <rect x={x - width / 2} y={top} width={width} height={height} rx={Math.min(10, height / 2)} />
      {lines.map((line, index) => (
        <text key={line} x={x} y={top + 14 + index * LEADING.label} font-size={SIZES.label} text-anchor="middle">
          {line}
        </text>
      ))}
    </g>
  );
}
