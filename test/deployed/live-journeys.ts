/** Publishes a new journey for each test, sends customers into it, and reads what became of them. */
import { expect } from "vitest";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { Item } from "../../stack/deployed/stack.ts";
import { anyStack } from "./running.ts";
import { until } from "./waiting.ts";

export let run: Awaited<ReturnType<typeof anyStack>>;

export async function openStack(): Promise<void> {
  run = await anyStack();
  await run.stack.put("TemplatesTableName", {
    id: "hello",
    channel: "email",
    class: "marketing",
    subject: "Hello {{ customer.firstName }}",
    html: '<p>{{ event.item }} waits. <a href="{{ unsubscribeUrl }}">Unsubscribe</a></p>',
  });
}

/** Names are new in every run, because a given stack may hold the data of the last run. */
export const stamp = Date.now().toString(36);

let made = 0;
/** A live journey that listens to its own event. */
export async function live(components: Item, parts: Item = {}): Promise<{ id: string; event: string; document: Item }> {
  const id = `j-${stamp}-${made++}`;
  const { trigger, ...rest } = parts;
  const document = {
    id,
    name: id,
    status: "active",
    trigger: { event: `go.${id}`, entry: "always", ...(trigger as Item | undefined) },
    start: Object.keys(components)[0],
    components,
    ...rest,
  };
  expect(await run.stack.save(document)).toMatchObject({ state: "published", version: 1, problems: [] });
  await run.untilFunctionsLookAgain();
  return { id, event: `go.${id}`, document };
}

let people = 0;
export const somebody = () => `c-${stamp}-${people++}`;
/** Mail to the mailbox simulator arrives from any sender. */
const address = (customerId: string) => `success+${customerId}@simulator.amazonses.com`;
export const inbox = (customerId: string) => run.inbox?.(address(customerId));
export const go = (event: string, customerId: string, detail: Item = {}) =>
  run.stack.publish(event, {
    customerId,
    customer: { email: address(customerId), firstName: "Ada" },
    ...detail,
  });

export const inJourney = async (customerId: string, journeyId: string) =>
  (await run.stack.enrollments(customerId)).filter((enrollment) => enrollment.journeyId === journeyId);
export const becomes = (customerId: string, journeyId: string, what: string, is: (enrollment: Enrollment) => unknown) =>
  until(`${customerId} ${what}`, async () => (await inJourney(customerId, journeyId)).find(is), {
    instead: () => inJourney(customerId, journeyId),
  });
export const ended = (customerId: string, journeyId: string) =>
  becomes(customerId, journeyId, "to end", ({ status }) => status !== "active");
export const reasons = async (customerId: string) =>
  (await run.stack.customer(customerId))
    .filter(({ sk }) => String(sk).startsWith("reason#"))
    .map(({ reason }) => reason);

export const tag = (name: string, next?: string) => ({ type: "addTag", tags: [name], ...(next && { next }) });
export const wait = (length: string, next?: string) => ({ type: "wait", for: length, ...(next && { next }) });
export const rule = {
  type: "messageStatusRule",
  message: "s",
  status: "read",
  within: "PT3H",
  met: "yes",
  notMet: "no",
};
export const mailed = {
  s: { type: "sendTemplate", template: "hello", next: "r" },
  r: rule,
  yes: tag("yes"),
  no: tag("no"),
};
