/**
 * Customers on the picture as dots: a customer inside stands at a card, and a customer who has just moved walks to the
 * next card.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Inside } from "../../api/journeys.ts";
import type { Happened } from "../../api/playground.ts";
import { lengthOf, pointOn, type Walk, walksOf } from "./paths.ts";
import type { Drawn } from "./picture.tsx";

interface Props {
  readonly picture: Drawn;
  readonly journeyId: string;
  readonly inside: readonly Inside[];
  readonly lines: readonly Happened[];
}

/** The most dots that stand at one card. */
const MOST_STANDING = 12;
/** The most customers who walk at once, because more could not be told apart. */
const MOST_WALKING = 24;

export function People({ picture, journeyId, inside, lines }: Props) {
  const seen = useRef(lines.at(-1)?.number ?? 0);
  const [walks, setWalks] = useState<readonly Walk[]>([]);
  useEffect(() => {
    const news = lines.filter(({ number }) => number > seen.current);
    const last = lines.at(-1)?.number ?? 0;
    const isContinued = last >= seen.current;
    seen.current = last;
    if (!isContinued || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const came = walksOf(news, journeyId, picture).slice(-MOST_WALKING);
    if (came.length > 0) setWalks((before) => [...before, ...came].slice(-MOST_WALKING));
  }, [lines, journeyId, picture]);
  const arrive = (key: string) => setWalks((before) => before.filter((walk) => walk.key !== key));

  return (
    <g class="people-on-picture">
      {picture.boxes.map((box) => {
        const here = inside.filter(({ componentId }) => componentId === box.id);
        return here.slice(0, MOST_STANDING).map(({ enrollmentId, customerId }, index) => (
          <circle
            key={enrollmentId}
            class="person"
            cx={box.x - box.width / 2 + 16 + index * 10}
            cy={box.y + box.height / 2}
            r="5"
          >
            <title>{customerId}</title>
          </circle>
        ));
      })}
      {walks.map((walk) => (
        <Walker key={walk.key} walk={walk} onArrive={arrive} />
      ))}
    </g>
  );
}

const [UNITS_PER_SECOND, LEAST_SECONDS, MOST_SECONDS] = [320, 0.6, 4];

function Walker({ walk, onArrive }: { walk: Walk; onArrive: (key: string) => void }) {
  const dot = useRef<SVGGElement>(null);
  const arrive = useRef(onArrive);
  arrive.current = onArrive;
  useEffect(() => {
    const { points, key } = walk;
    const seconds = Math.max(LEAST_SECONDS, Math.min(MOST_SECONDS, lengthOf(points) / UNITS_PER_SECOND));
    const start = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const part = Math.min(1, (now - start) / 1000 / seconds);
      const { x, y } = pointOn(points, part);
      dot.current?.setAttribute("transform", `translate(${x} ${y})`);
      if (part < 1) frame = requestAnimationFrame(step);
      else arrive.current(key);
    });
    return () => cancelAnimationFrame(frame);
  }, [walk]);
  return (
    <g ref={dot} class="walker">
      <circle r="7" />
      <text x="11" y="4">
        {walk.who}
      </text>
    </g>
  );
}
