/**
 * A test of a template: the message of a customer, sent to the person who edits it. The message is rendered as for the
 * customer, and the address of the test must pass the same checks as a customer's address. The test changes nothing in
 * the stack.
 */
import { type Preview, type PreviewedMessage, preview } from "../insight/preview/preview.ts";
import { addressHash } from "../lambdas/domain/customer/address-mark.ts";
import { canonicalAddress } from "../lambdas/domain/customer/canonical-address.ts";
import { check } from "../lambdas/domain/documents/problem.ts";
import { address as addressForm } from "../lambdas/domain/documents/vocabulary.ts";
import type { Journey } from "../lambdas/domain/journey/journey.ts";
import type { ComposedTemplate } from "../lambdas/domain/messages/render.ts";
import type { Time } from "../lambdas/domain/time/time.ts";
import type { JourneyFacts } from "../lambdas/domain/walk/journey-facts.ts";
import type { Stack } from "./stack.ts";

export interface Test {
  readonly template: ComposedTemplate;
  readonly journey: Journey;
  readonly componentId: string;
  readonly facts: Omit<JourneyFacts, "messages" | "template">;
  /** The address of the person. */
  readonly to: string;
  /** The sender, for a journey that names none. */
  readonly from?: string | undefined;
  readonly now: Time;
}

/** `problem`: why the message cannot be sent to anyone; the person who edits the template can fix this. */
export type Tested = Preview | { readonly problem: string };

/** The message of the test, or why there is none. */
export async function testMessage(test: Test, stack: Stack): Promise<Tested> {
  const { template, journey, componentId, facts, to, from, now } = test;
  if (template.channel !== "email") return { problem: "Only email can be sent as a test." };
  const address = canonicalAddress(to);
  if (address === undefined) return { problem: `"${to}" is not an email address.` };
  if (from && "problems" in check(addressForm, from))
    return { problem: `"${from}" is not an address such as "Shop <hello@shop.example>".` };
  const { customer } = facts;
  const known = {
    ...facts,
    customer: { ...customer, attributes: { ...customer.attributes, email: address } },
    address: await stack.ports.store.addressFacts(addressHash(address, await stack.addressKey())),
    ...(from && { sender: { from } }),
  };
  const found = preview(template, journey, componentId, known, now);
  if ("skipped" in found) return found;
  if (found.message.from === undefined)
    return { problem: "The journey names no sender, and the test needs one: name an address that SES may send from." };
  return marked(found);
}

/** The subject marks the message as a test. The link to unsubscribe names no customer, so no header offers it. */
function marked({ message: { unsubscribeUrl: _, ...message }, missing }: PreviewedMessage): PreviewedMessage {
  return { message: { ...message, subject: `[Test] ${message.subject}` }, missing };
}
