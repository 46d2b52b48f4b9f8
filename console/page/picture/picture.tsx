/**
 * The interactive picture of a journey: the layout of `insight/picture`, with numbers on cards and connections, cards
 * that a person can choose, and a layer for customers who walk.
 */
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import {
  type BrokenComponent,
  type Diagram,
  diagramOf,
  type Overlay,
  watchedBy,
} from "../../../insight/picture/diagram/diagram.ts";
import { layout } from "../../../insight/picture/layout/layout.ts";
import { PANEL_WIDTH, panelOf } from "../../../insight/picture/panel.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { Card } from "./card.tsx";
import { type Marks, wayKey } from "./marks.ts";
import { Label, Way } from "./ways.tsx";

interface Props {
  readonly journey: Journey;
  readonly broken?: readonly BrokenComponent[];
  readonly overlay?: Overlay;
  /** A diagram to draw instead of the journey's own. */
  readonly diagram?: Diagram;
  readonly marks?: Marks;
  readonly chosen?: string | undefined;
  readonly onChoose?: (id: string) => void;
  /**
   * Whether the rules are below the picture and not beside it. On a narrow screen, the rules are always below the
   * picture.
   */
  readonly stacked?: boolean;
  /** Shapes above the picture, in its units. */
  readonly children?: (picture: Drawn) => ComponentChildren;
}

const MARGIN = 24;
const PANEL_GAP = 48;

const isNarrow = () => matchMedia("(max-width: 720px)").matches;

function useDrawn({ journey, broken, overlay, diagram, stacked = false }: Props) {
  return useMemo(() => {
    const laidOut = layout(diagram ?? diagramOf(journey, overlay, broken));
    const panel = panelOf(watchedBy(journey, overlay));
    const { width, height } = laidOut;
    const place = panelPlace(laidOut, stacked || isNarrow());
    const isThere = panel.boxes.length > 0;
    return {
      ...laidOut,
      panel: panel.boxes,
      place,
      full: {
        width: Math.max(width, isThere ? place.x + PANEL_WIDTH : 0) + 2 * MARGIN,
        height: Math.max(height, isThere ? place.y + panel.height : 0) + 2 * MARGIN,
      },
    };
  }, [journey, broken, overlay, diagram, stacked]);
}

const panelPlace = ({ width, height }: { readonly width: number; readonly height: number }, stacked: boolean) =>
  stacked ? { x: Math.max(0, (width - PANEL_WIDTH) / 2), y: height + PANEL_GAP } : { x: width + PANEL_GAP, y: 0 };

export type Drawn = ReturnType<typeof useDrawn>;

export function Picture(props: Props) {
  const { journey, marks = {}, chosen, onChoose, children } = props;
  const picture = useDrawn(props);
  const { boxes, labels, lines, panel, place, full } = picture;
  return (
    <svg
      class="picture"
      viewBox={`0 0 ${full.width} ${full.height}`}
      width={full.width}
      height={full.height}
      role="group"
      aria-label={`The picture of ${journey.name}`}
    >
      <g transform={`translate(${MARGIN} ${MARGIN})`}>
        {lines.map((line) => (
          <Way
            key={wayKey(line.way)}
            line={line}
            mark={marks.ways?.get(wayKey(line.way))}
            label={labels.find((label) => wayKey(label) === wayKey(line.way))}
          />
        ))}
        {labels.map((label) => (
          <Label key={wayKey(label)} label={label} />
        ))}
        {boxes.map((box) => (
          <Card key={box.id} box={box} mark={marks.cards?.get(box.id)} chosen={box.id === chosen} onChoose={onChoose} />
        ))}
        {panel.length > 0 ? (
          <g transform={`translate(${place.x} ${place.y})`}>
            {panel.map((box) => (
              <Card
                key={box.id}
                box={box}
                mark={marks.cards?.get(box.id)}
                chosen={box.id === chosen}
                onChoose={onChoose}
              />
            ))}
          </g>
        ) : null}
        {children?.(picture)}
      </g>
    </svg>
  );
}
