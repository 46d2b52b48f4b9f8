/** An enrollment, and what stands around it, to be changed by a test in the one thing that it is about. */
import type { Enrollment, Message } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";

export const NOW = "2026-01-05T10:00:00.000Z";
export const EARLIER = "2026-01-05T09:00:00.000Z";
export const LATER = "2026-01-05T11:00:00.000Z";

export function enrolled(more: Partial<Enrollment> = {}): Enrollment {
  return {
    enrollmentId: "e",
    customerId: "c-1",
    journeyId: "j",
    journeyVersion: 1,
    status: "active",
    enteredAt: NOW,
    trigger: { eventId: "t", deliveryId: "d", name: "start", time: NOW, customerRevision: 3 },
    position: { componentId: "first", visit: 0, since: NOW },
    steps: [],
    messages: [],
    goals: {},
    hops: 0,
    dueAt: LATER,
    executions: 1,
    revision: 1,
    ...more,
  };
}

export function message(more: Partial<Message> = {}): Message {
  return {
    messageId: "e-0",
    componentId: "mail",
    template: "hello",
    channel: "email",
    state: "sent",
    claimedAt: NOW,
    attempts: 1,
    statuses: {},
    ...more,
  };
}

export function journeyOf(components: Journey["components"], more: Partial<Journey> = {}): Journey {
  return { id: "j", name: "J", status: "active", trigger: { event: "start" }, start: "first", components, ...more };
}
