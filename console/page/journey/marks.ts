/** The counts of a funnel as numbers on the cards and connections of the picture. */
import type { Funnel } from "../../../insight/funnel/funnel.ts";
import { diagramOf, TRIGGER } from "../../../insight/picture/diagram/diagram.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { numberText, percentText } from "../parts/numbers.ts";
import { type CardMark, type Marks, type WayMark, wayKey } from "../picture/marks.ts";

export function marksOf(journey: Journey, { entered, components, exited, goals, messages }: Funnel): Marks {
  const cards = new Map<string, CardMark>([[TRIGGER, { came: numberText(entered), pale: entered === 0 }]]);
  const counts = new Map(components.map((each) => [each.componentId, each]));
  for (const { componentId, entered: came, here } of components) {
    const failed = messages.find((each) => each.componentId === componentId)?.statuses.failed ?? 0;
    cards.set(componentId, {
      came: numberText(came),
      ...(here > 0 && { here: `${numberText(here)} here now` }),
      ...(failed > 0 && { problem: `${numberText(failed)} messages failed` }),
      pale: came === 0,
    });
  }
  for (const { id } of journey.exit ?? []) cards.set(`~exit ${id}`, { came: numberText(exited.reasons[id] ?? 0) });
  for (const { goalId, reached, conversion = 0 } of goals)
    cards.set(`~goal ${goalId}`, { came: `${numberText(reached)} · ${percentText(conversion)}` });

  const ways = new Map<string, WayMark>();
  const counted = new Set<string>();
  for (const way of diagramOf(journey).ways) {
    const { from, outcome } = way;
    const left = counts.get(from)?.left ?? {};
    const passed = from === TRIGGER ? entered : passedBy(outcome, left);
    // Two branches to the same component have one counter: the number stands on the first.
    const name = `${from} ${outcome}`;
    const isFirst = !counted.has(name);
    counted.add(name);
    ways.set(wayKey(way), {
      share: entered === 0 ? 0 : Math.min(1, passed / entered),
      ...(isFirst && from !== TRIGGER && passed > 0 && { text: numberText(passed) }),
    });
  }
  return { cards, ways };
}

/** After a skipped message the customer continues as after a sent message. */
function passedBy(outcome: string | undefined, left: Readonly<Record<string, number>>): number {
  if (outcome === undefined) return 0;
  return (left[outcome] ?? 0) + (outcome === "done" ? (left.skipped ?? 0) : 0);
}
