/** Notes for events of a scenario to which no journey listens, because nothing else shows that a name is misspelled. */
import { entries, items, members } from "../../lambdas/domain/documents/unchecked-document.ts";
import { isSystemEvent } from "../../lambdas/domain/events/system-events.ts";
import { didYouMean } from "../../lambdas/domain/values/did-you-mean.ts";
import type { Scenario } from "../../simulator/scenario.ts";

export function unheardEvents({ journeys = [], edits = [], events = [] }: Scenario): string[] {
  const heard = new Set(namesIn([...journeys, ...edits.map(({ journey }) => journey)]));
  const names = new Set(
    events
      // An event with changes of the customer can have an effect without a listener.
      .filter(({ event, customer }) => !heard.has(event) && customer === undefined && !isSpecial(event))
      .map(({ event }) => event),
  );
  return [...names].map((name) => `No journey listens to the event "${name}".${didYouMean(name, [...heard])}`);
}

function isSpecial(name: string): boolean {
  return isSystemEvent(name) || name === "customer.updated";
}

/** Every `event` in the documents: of triggers, rules, branches and counts. */
function namesIn(value: unknown): string[] {
  const own = members(value).event;
  const inside = Array.isArray(value) ? items(value) : entries(value);
  return [...(typeof own === "string" ? [own] : []), ...inside.flatMap(([, member]) => namesIn(member))];
}
