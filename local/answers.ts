/**
 * The messages of customers in a scenario (the event `message.received`). They reach the stack as on AWS: the service
 * publishes each to the topic of its channel, and the stack makes the event.
 */
import { PROFILE } from "../lambdas/adapters/dynamodb/customer-items.ts";
import { MESSAGE_RECEIVED } from "../lambdas/domain/inbound/message-received.ts";
import type { Scenario } from "../simulator/scenario.ts";
import type { DeployedStack } from "../stack/deployed/stack.ts";
import type { Engine } from "./engine.ts";
import { answerText } from "./texts.ts";
import { writeWhatsapp } from "./whatsapp.ts";

interface Service {
  readonly topic: "SmsTopicArn" | "WhatsappTopicArn";
  readonly says: typeof answerText;
}

const services: Readonly<Record<string, Service>> = {
  sms: { topic: "SmsTopicArn", says: answerText },
  whatsapp: { topic: "WhatsappTopicArn", says: writeWhatsapp },
};

type Event = NonNullable<Scenario["events"]>[number];

/** `undefined`: the event is no message of a customer. */
export function answerIn(event: Event, stack: DeployedStack, engine: Engine): (() => Promise<void>) | undefined {
  const { channel, text = "" } = (event.data ?? {}) as { readonly channel?: string; readonly text?: string };
  const service = services[channel ?? ""];
  if (event.event !== MESSAGE_RECEIVED || service === undefined) return undefined;
  return async () => {
    const profile = (await stack.customer(String(event.customerId))).find(({ sk }) => sk === PROFILE);
    const { phone = "" } = (profile?.attributes ?? {}) as { readonly phone?: string };
    await service.says(engine, { topic: stack.output(service.topic), from: phone, text });
  };
}
