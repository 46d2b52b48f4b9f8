/**
 * The handles on the picture: a `+` on every connection, which opens the menu of the connection, and a grip at the end
 * of the connection, which the mouse drags to another card. The menu offers everything that the grip does to people who
 * use the keyboard.
 */
import { useState } from "preact/hooks";
import type { Point } from "../../../../insight/picture/layout/layout.ts";
import type { Path } from "../../../../lambdas/domain/documents/problem.ts";
import { wayKey } from "../../picture/marks.ts";
import type { Drawn } from "../../picture/picture.tsx";

interface Props {
  readonly picture: Drawn;
  readonly chosen: Path | undefined;
  /** `at`: where the menu may lie, on the screen. */
  readonly onOpen: (connection: Path, at: DOMRect) => void;
  /** `to`: the card that the grip was dropped on. */
  readonly onConnect: (connection: Path, to: string) => void;
}

export function Handles({ picture, chosen, onOpen, onConnect }: Props) {
  const [drag, setDrag] = useState<{ readonly from: Point; readonly to: Point }>();
  const named = new Map(picture.boxes.map(({ id, kind, title }) => [id, kind === "end" ? "the end" : title]));
  return (
    <g class="handles">
      {drag ? <line class="dragged" x1={drag.from.x} y1={drag.from.y} x2={drag.to.x} y2={drag.to.y} /> : null}
      {picture.lines.map(({ way, points }) => {
        const label = picture.labels.find((each) => samePath(each.path, way.path));
        const at = label ? { x: label.x, y: label.y + label.height / 2 + 13 } : near(points);
        const end = points.at(-1);
        const text = `Connection from ${named.get(way.from)} to ${named.get(way.to)}${way.label === "" ? "" : ` (${way.label})`}`;
        const open = (element: Element) => onOpen(way.path, element.getBoundingClientRect());
        return (
          <g key={`${wayKey(way)} ${way.path.join(".")}`}>
            <g
              class={`plus${chosen && samePath(chosen, way.path) ? " chosen" : ""}`}
              role="button"
              tabindex={0}
              aria-label={text}
              aria-haspopup="dialog"
              data-way={way.path.join(".")}
              onClick={({ currentTarget }) => open(currentTarget)}
              onKeyDown={(event) => {
                if (event.key !== "Enter" && event.key !== " ") return;
                event.preventDefault();
                open(event.currentTarget);
              }}
            >
              <title>{`${text}: put a component in, or lead it elsewhere`}</title>
              <circle cx={at.x} cy={at.y} r="9" />
              <path d={`M${at.x - 4} ${at.y}h8M${at.x} ${at.y - 4}v8`} />
            </g>
            {end ? (
              <circle
                class="grip"
                cx={end.x}
                cy={end.y - 5}
                r="8"
                onPointerDown={(event) => follow(event, end, setDrag, (to) => onConnect(way.path, to))}
              >
                <title>Drag to another card</title>
              </circle>
            ) : null}
          </g>
        );
      })}
    </g>
  );
}

const samePath = (a: Path, b: Path) => a.length === b.length && a.every((part, index) => part === b[index]);

/** A point a short way after the beginning of a connection. */
function near([first = { x: 0, y: 0 }, second = first]: readonly Point[]): Point {
  const reach = Math.min(1, 20 / Math.max(1, Math.hypot(second.x - first.x, second.y - first.y)));
  return { x: first.x + (second.x - first.x) * reach, y: first.y + (second.y - first.y) * reach };
}

/** Follows the pointer until the button is released, and returns the card under the pointer. */
function follow(
  event: PointerEvent & { readonly currentTarget: SVGGraphicsElement },
  from: Point,
  onMove: (drag: { readonly from: Point; readonly to: Point } | undefined) => void,
  onDrop: (card: string) => void,
): void {
  if (event.button !== 0) return;
  event.preventDefault();
  event.stopPropagation();
  const screen = event.currentTarget.getScreenCTM()?.inverse();
  const move = ({ clientX, clientY }: PointerEvent) => {
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(screen);
    onMove({ from, to: { x, y } });
  };
  const end = ({ clientX, clientY }: PointerEvent) => {
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", end);
    onMove(undefined);
    const under = document.elementsFromPoint(clientX, clientY).map((each) => each.closest("[data-card]"));
    const card = under.find((each) => each !== null)?.getAttribute("data-card");
    if (card) onDrop(card);
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", end);
}
