/** Decides whether the system sends a message to a customer now, later or never, and renders the message. */

import { customerView } from "../customer/customer.ts";
import type { ComponentOf } from "../journey/component.ts";
import type { Journey } from "../journey/journey.ts";
import { traitsOf } from "../messages/channel-traits.ts";
import { judgeLimits } from "../messages/limits.ts";
import { isOutsideWindow, mayReceive } from "../messages/may-receive.ts";
import { recipientAddress } from "../messages/recipient.ts";
import { type Rendered, type RenderScope, render } from "../messages/render.ts";
import type { Template } from "../messages/template.ts";
import { plus, type Time } from "../time/time.ts";
import { resolveData } from "./data.ts";
import { conditionFacts, type JourneyFacts, ownZone, zoneOf } from "./journey-facts.ts";
import { type Advanced, exit, leave, type OutgoingMessage, skip, wait } from "./outcome.ts";

export function sendTemplate(
  component: ComponentOf<"sendTemplate">,
  journey: Journey,
  facts: JourneyFacts,
  now: Time,
): Advanced {
  const { template } = facts;
  if (!template) return skip(component, "unknown-template");
  const refused = mayReceive(facts.customer, template, facts.address);
  if (refused) return skip(component, refused);
  if (isOutsideWindow(template, facts.customer, facts.address, now)) return skip(component, "outside-window");
  const { reachedAt = now } = facts;
  if (facts.held && isHoldable(template)) return hold(component, reachedAt, now);
  const limited = judgeLimits(facts.limits ?? {}, {
    class: template.class,
    channel: template.channel,
    zone: zoneOf(undefined, facts, journey),
    ownZone: ownZone(facts),
    state: facts.customer.attributes.state,
    sends: facts.sends ?? [],
    reachedAt,
    now,
  });
  if (limited.kind === "skip") return skip(component, limited.reason);
  if (limited.kind === "exit") return exit(limited.reason);
  if (limited.kind === "delay") return { ...wait("timer", limited.until), reason: limited.reason };
  const sender = journey.sender ?? facts.sender;
  let rendered: Rendered;
  try {
    rendered = render(template, renderScope(component, journey, facts, now));
  } catch {
    return skip(component, "not-renderable");
  }
  const message: OutgoingMessage = {
    template: template.id,
    channel: template.channel,
    class: template.class,
    topic: template.topic,
    to: recipientAddress(template.channel, facts.customer),
    ...(facts.address && { addressHash: facts.address.address }),
    from: sender?.from,
    replyTo: sender?.replyTo ?? [],
    ...(template.class === "marketing" &&
      facts.unsubscribeUrl !== undefined && { unsubscribeUrl: facts.unsubscribeUrl }),
    ...rendered,
  };
  return leave("done", component.next, { kind: "send", message });
}

/** What the template can name. */
export function renderScope(
  component: ComponentOf<"sendTemplate">,
  journey: Journey,
  facts: JourneyFacts,
  now: Time,
): RenderScope {
  const { customer, event = {}, key } = facts;
  return {
    customer: customerView(customer),
    event,
    enrollment: { event, ...(key !== undefined && { key }) },
    data: resolveData(component.data, conditionFacts(facts, now)),
    journey: { id: journey.id, name: journey.name },
    now,
    timezone: zoneOf(undefined, facts, journey),
    unsubscribeUrl: facts.unsubscribeUrl ?? "",
  };
}

/** Whether a message of the template waits while the circuit breaker is open. */
export function isHoldable({ channel, class: kind }: Pick<Template, "channel" | "class">): boolean {
  return traitsOf(channel).holdable && kind === "marketing";
}

/**
 * While the circuit breaker is open, the customer tries again every hour. A message that has waited for a day is too
 * old to be sent.
 */
const TRY_AGAIN = "PT1H";
const HELD_AT_MOST = "P1D";

function hold(component: ComponentOf<"sendTemplate">, reachedAt: Time, now: Time): Advanced {
  const [again, last] = [plus(now, TRY_AGAIN), plus(reachedAt, HELD_AT_MOST)];
  if (now >= last) return skip(component, "breaker-open");
  return { ...wait("timer", again < last ? again : last), reason: "breaker-open" };
}
