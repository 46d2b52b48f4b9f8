/** Fetches what the component where the customer stands may look at, and nothing else. */

import type { Component } from "../domain/component.ts";
import type { Condition } from "../domain/condition.ts";
import type { Customer } from "../domain/customer.ts";
import type { Enrollment } from "../domain/enrollment.ts";
import type { Journey } from "../domain/journey.ts";
import type { JourneyFacts } from "../domain/journey-facts.ts";
import type { JsonObject } from "../domain/json.ts";
import { type Happening, isTriggerItself } from "../domain/judge.ts";
import { mayReadEvent } from "../domain/render.ts";
import { isHoldable } from "../domain/send-template.ts";
import type { Sends } from "../domain/sends.ts";
import { unsubscribeUrl } from "../domain/unsubscribe-link.ts";
import { happened } from "./happened.ts";
import type { Ports } from "./ports.ts";

export interface Gathered extends JourneyFacts {
  /** All that counts for caps, of this message too: what a claim must find unchanged. */
  readonly sent?: Sends;
}

export type FactPorts = Pick<Ports, "clock" | "store" | "templates" | "breakers" | "sender" | "unsubscribeLinks">;

export async function gatherFacts(
  enrollment: Enrollment,
  customer: Customer,
  journey: Journey,
  ports: FactPorts,
): Promise<Gathered> {
  const component = journey.components[enrollment.position.componentId];
  return {
    customer,
    key: enrollment.key,
    messages: Object.fromEntries(enrollment.messages.map((message) => [message.componentId, message])),
    event: component && (await readsEvent(component, ports)) ? await triggerEvent(enrollment, ports) : undefined,
    happened: await happened(conditionsOf(component), customer, ports),
    happenings: component?.type === "waitFor" ? await missed(component.branches, enrollment, ports) : [],
    ...(component?.type === "sendTemplate" && (await forSending(component.template, enrollment, ports))),
  };
}

async function forSending(
  templateId: string,
  { customerId, journeyId }: Enrollment,
  { templates, store, breakers, sender, unsubscribeLinks }: FactPorts,
): Promise<Partial<Gathered>> {
  const template = await templates.get(templateId);
  return {
    template,
    sender,
    held: template && isHoldable(template) ? await breakers.hold(journeyId) : undefined,
    sent: await store.sends(customerId),
    unsubscribeUrl: unsubscribeLinks && unsubscribeUrl(unsubscribeLinks, { customerId, topic: template?.topic }),
  };
}

function conditionsOf(component: Component | undefined): Condition[] {
  return component?.type === "condition" ? component.branches.map(({ when }) => when) : [];
}

/** A template and a component say in their documents whether they read the event. */
async function readsEvent(component: Component, { templates }: Pick<Ports, "templates">): Promise<boolean> {
  if (JSON.stringify(component).includes('"event.')) return true;
  const template = component.type === "sendTemplate" ? await templates.get(component.template) : undefined;
  return template !== undefined && mayReadEvent(template);
}

async function triggerEvent(
  { customerId, trigger }: Enrollment,
  { store }: Pick<Ports, "store">,
): Promise<JsonObject | undefined> {
  return trigger.name === undefined ? undefined : (await store.event(customerId, trigger.eventId))?.data;
}

/** Events that the branches wait for and that came since the customer last rested. */
async function missed(
  branches: readonly { readonly event?: string | undefined }[],
  { customerId, position, trigger }: Enrollment,
  { store }: Pick<Ports, "store">,
): Promise<Happening[]> {
  const names = new Set(branches.flatMap(({ event }) => event ?? []));
  const found: Happening[] = [];
  for (const name of names)
    for (const event of await store.events(customerId, name, position.since))
      if (!isTriggerItself(trigger, event.id)) found.push({ kind: "event", ...event });
  return found.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}
