/** The playground: what happened since the page asked last, and which events journeys listen to. */

import { textOrTemplate } from "../../../insight/preview/whatsapp-text.ts";
import type { Customer } from "../../../lambdas/domain/customer/customer.ts";
import { members } from "../../../lambdas/domain/documents/unchecked-document.ts";
import { awaitedOf, type LiveJourney } from "../../../lambdas/domain/journey/catalog.ts";
import type { JsonObject } from "../../../lambdas/domain/values/json.ts";
import type { Known, PlaygroundAnswer, Suggestion } from "../../api/playground.ts";
import type { Rendered } from "../../api/templates.ts";
import type { Example } from "../../engine/examples.ts";
import type { Place, Playing } from "../../place/place.ts";
import { NotFound } from "./failures.ts";

export async function playgroundAnswer(after: number, playing: Playing | undefined): Promise<PlaygroundAnswer> {
  if (!playing) throw new NotFound("A deployed stack has no playground.");
  const { now: playground, world } = playing;
  const { lines, stack, examples } = playground;
  const next = playground.next();
  return {
    now: playground.now(),
    ...(next !== undefined && { next }),
    lines: lines.filter(({ number }) => number > after),
    world,
    suggestions: suggestionsOf([...stack.world.journeys.all()], examples),
    customers: playground.customers().map(knownOf),
  };
}

/** A message of the playground as its customer sees it. */
export function messageAnswer(number: number, { playground, mails }: Place): Rendered {
  const line = playground?.now.lines.find((each) => each.number === number);
  if (line?.kind !== "message") throw new NotFound("The playground has forgotten this message.");
  const { subject, html } = line;
  const text = textOrTemplate(line);
  return {
    ...(subject !== undefined && { subject }),
    ...(text !== undefined && { text }),
    ...(html !== undefined && { mail: mails.keep(html) }),
    missing: [],
  };
}

/** The events of all triggers first, then events that only exit rules, goals, waits or counts listen to. */
export function suggestionsOf(live: readonly LiveJourney[], examples: readonly Example[]): Suggestion[] {
  const active = live.filter(({ journey }) => journey.status !== "stopped");
  const enters = new Map<string, string[]>();
  const concerns = new Map<string, string[]>();
  const add = (to: Map<string, string[]>, event: string | undefined, id: string) =>
    event !== undefined && to.set(event, [...new Set([...(to.get(event) ?? []), id])]);
  for (const each of active) {
    const { id, trigger, exit = [], goals = [] } = each.journey;
    add(enters, trigger.event, id);
    for (const { event } of [...exit, ...goals]) add(concerns, event, id);
    for (const event of awaitedOf(each)) add(concerns, event, id);
  }
  const data = firstIn(examples, "data");
  const customers = firstIn(examples, "customer");
  return [...new Set([...enters.keys(), ...concerns.keys()])].map((event) => {
    const [sent, customer] = [data.get(event), customers.get(event)];
    return {
      event,
      enters: enters.get(event) ?? [],
      concerns: concerns.get(event) ?? [],
      ...(sent && { data: sent }),
      ...(customer && { customer }),
    };
  });
}

/** The first data that an example sends with each event, or the attributes of the customer who sends it. */
function firstIn(examples: readonly Example[], part: "data" | "customer"): Map<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  for (const { scenario } of examples)
    for (const { event, data, customer, customerId } of scenario.events ?? []) {
      const { customerId: _, ...attributes } = scenario.customers?.find((each) => each.customerId === customerId) ?? {};
      const value = part === "data" ? data : { ...attributes, ...members(customer) };
      if (value !== undefined && !found.has(event)) found.set(event, members(value) as JsonObject);
    }
  return found;
}

function knownOf({ customerId, attributes }: Customer): Known {
  const { firstName, name } = attributes;
  return { customerId, name: String(firstName ?? name ?? customerId) };
}
