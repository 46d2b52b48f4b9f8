/**
 * The message that a customer would get. The same code as in production decides and renders the message; nothing is
 * sent.
 */

import { unknownAddress } from "../../lambdas/domain/customer/address-facts.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { type ComposedTemplate, missingVariables } from "../../lambdas/domain/messages/render.ts";
import { EPOCH, type Time } from "../../lambdas/domain/time/time.ts";
import { advance } from "../../lambdas/domain/walk/advance.ts";
import type { JourneyFacts } from "../../lambdas/domain/walk/journey-facts.ts";
import type { OutgoingMessage } from "../../lambdas/domain/walk/outcome.ts";
import { renderScope } from "../../lambdas/domain/walk/send-template.ts";

export interface PreviewedMessage {
  readonly message: OutgoingMessage;
  /** Variables that the template shows and that have no value for this customer. */
  readonly missing: readonly string[];
}

export type Preview = PreviewedMessage | { readonly skipped: string };

/** The components of a journey that send a template. */
export function sendersOf({ components }: Pick<Journey, "components">, template: string): string[] {
  return Object.entries(components).flatMap(([id, component]) =>
    component.type === "sendTemplate" && component.template === template ? [id] : [],
  );
}

/** A journey that only sends the template, for templates that no journey names yet. */
export function journeyThatSends(template: string): Journey {
  return {
    id: "preview",
    name: "Preview",
    status: "active",
    trigger: { event: "preview" },
    start: "message",
    components: { message: { type: "sendTemplate", template } },
  };
}

export function preview(
  template: ComposedTemplate,
  journey: Journey,
  componentId: string,
  facts: Omit<JourneyFacts, "messages" | "template">,
  now: Time,
): Preview {
  const position = { componentId, visit: 0, since: EPOCH };
  // A text that may only answer a message of the customer is shown as if the customer had just written.
  const address = { ...unknownAddress(""), inboundAt: { [template.channel]: now } };
  const known: JourneyFacts = { messages: {}, template, address, ...facts };
  const { effect, reason = "it is not sent now" } = advance(journey, position, known, now);
  const component = journey.components[componentId];
  if (effect?.kind !== "send" || component?.type !== "sendTemplate") return { skipped: reason };
  return {
    message: effect.message,
    missing: missingVariables(template, renderScope(component, journey, known, now)),
  };
}
