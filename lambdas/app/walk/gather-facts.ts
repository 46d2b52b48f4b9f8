/** Fetches the facts that the customer's present component reads, and no others: every read costs money. */

import type { Condition } from "../../domain/conditions/condition.ts";
import { addressHash } from "../../domain/customer/address-mark.ts";
import type { Customer } from "../../domain/customer/customer.ts";
import { unsubscribeUrl } from "../../domain/customer/unsubscribe-link.ts";
import { isTriggerItself } from "../../domain/enrollment/apply-activity.ts";
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import type { ActivityEvent } from "../../domain/enrollment/met-branch.ts";
import { isCounted } from "../../domain/enrollment/wait-end.ts";
import type { Component } from "../../domain/journey/component.ts";
import type { Journey } from "../../domain/journey/journey.ts";
import { recipientAddress } from "../../domain/messages/recipient.ts";
import { mayReadEvent } from "../../domain/messages/render.ts";
import type { SendLog } from "../../domain/messages/send-log.ts";
import { startOfSecond } from "../../domain/time/event-time.ts";
import { justBefore, later } from "../../domain/time/time.ts";
import type { JourneyFacts } from "../../domain/walk/journey-facts.ts";
import { isHoldable } from "../../domain/walk/send-template.ts";
import { triggerEvent } from "../enrollment-event.ts";
import { eventTimes } from "../event-times.ts";
import { composedTemplate } from "../messages/composed-template.ts";
import type { Ports } from "../ports.ts";

export interface Gathered extends JourneyFacts {
  /** The complete send log, with this message's own earlier claim: a new claim must find the log unchanged. */
  readonly sent?: SendLog;
}

export type FactPorts = Pick<
  Ports,
  "clock" | "store" | "templates" | "breakers" | "sender" | "unsubscribeLinks" | "addressKey"
>;

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
    ...(enrollment.unusableKey && { unusableKey: true }),
    timezone: journey.timezone,
    messages: Object.fromEntries(enrollment.messages.map((message) => [message.componentId, message])),
    event: component && (await readsEvent(component, ports)) ? await triggerEvent(enrollment, ports) : undefined,
    eventTimes: await eventTimes(conditionsOf(component), customer, ports),
    activities: component?.type === "waitFor" ? await missed(component.branches, enrollment, ports) : [],
    ...(component?.type === "sendTemplate" && (await forSending(component.template, enrollment, customer, ports))),
  };
}

async function forSending(
  templateId: string,
  { customerId, journeyId }: Enrollment,
  customer: Customer,
  { templates, store, breakers, sender, unsubscribeLinks, addressKey }: FactPorts,
): Promise<Partial<Gathered>> {
  const template = await composedTemplate(templateId, { templates });
  const to = template && recipientAddress(template.channel, customer);
  return {
    template,
    sender,
    // Read consistently, and not checked again by the claim: a report that comes later than this is as late as any other.
    address:
      to === undefined || addressKey === undefined ? undefined : await store.addressFacts(addressHash(to, addressKey)),
    held: template && isHoldable(template) ? await breakers.hold(journeyId) : undefined,
    sent: await store.sendLog(customerId),
    unsubscribeUrl: unsubscribeLinks && unsubscribeUrl(unsubscribeLinks, { customerId, topic: template?.topic }),
  };
}

function conditionsOf(component: Component | undefined): Condition[] {
  return component?.type === "condition" ? component.branches.map(({ when }) => when) : [];
}

const READS_EVENT = /"(?:event|enrollment\.event)[.[]/;

/** The documents of a component and its template show whether they read the trigger event. */
async function readsEvent(component: Component, ports: Pick<Ports, "templates">): Promise<boolean> {
  if (READS_EVENT.test(JSON.stringify(component))) return true;
  const template = component.type === "sendTemplate" ? await composedTemplate(component.template, ports) : undefined;
  return template !== undefined && mayReadEvent(template);
}

/** Events that the branches wait for and that happened since the customer left their last wait. */
async function missed(
  branches: readonly { readonly event?: string | undefined }[],
  { customerId, position, trigger }: Enrollment,
  { store }: Pick<Ports, "store">,
): Promise<ActivityEvent[]> {
  const names = new Set(branches.flatMap(({ event }) => event ?? []));
  const since = later(position.since, trigger.time);
  const found: ActivityEvent[] = [];
  for (const name of names)
    for (const event of await store.events(customerId, name, justBefore(startOfSecond(since))))
      if (!isTriggerItself(trigger, event) && isCounted({ ...position, since }, event))
        found.push({ kind: "event", ...event });
  return found;
}
