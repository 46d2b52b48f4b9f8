/** Decides a `wait`: its end is a length of time, the next time of day, or the time in a field. */
import { reader } from "../conditions/evaluate.ts";
import type { ComponentOf } from "../journey/component.ts";
import { nextTimeOfDay } from "../time/next-time-of-day.ts";
import { readTime } from "../time/read-time.ts";
import { fromMilliseconds, plus, type Time } from "../time/time.ts";
import type { Place } from "./advance.ts";
import { conditionFacts, zoneOf } from "./journey-facts.ts";
import { type Advanced, exit, fail, leave, wait } from "./outcome.ts";

export function decideWait(component: ComponentOf<"wait">, place: Place): Advanced {
  const { position, facts, now } = place;
  // The end is decided once, when the customer comes to the wait: a later change of the field moves no customer.
  const started = position.waiting?.until;
  if (started !== undefined) return now >= started ? leave("done", component.next) : wait("timer", started);
  const until = endOf(component, place);
  const field = component.until && "field" in component.until ? component.until : undefined;
  if (until === undefined && field && field.ifMissing !== "continue") return exit("no-time");
  if (until !== undefined && until > now) return wait("timer", until);
  if (until !== undefined && field?.ifPast === "exit") return exit("if-past");
  if (facts.loopedWithoutWait) return fail("endless-loop");
  return { ...leave("done", component.next), ...(until === undefined && field && { reason: "no-time" }) };
}

function endOf(component: ComponentOf<"wait">, { journey, facts, now }: Place): Time | undefined {
  if (component.for !== undefined) return plus(now, component.for);
  const { until } = component;
  if (!until) return undefined;
  if (!("field" in until))
    return nextTimeOfDay(until.time, until.weekdays, zoneOf(until.timezone, facts, journey), now);
  const found = reader(until.field)(conditionFacts(facts, now));
  const moment = readTime(found, zoneOf(undefined, facts, journey), until.time);
  return moment === undefined ? undefined : plus(fromMilliseconds(moment), until.offset ?? "PT0S");
}
