/** Changes for the tests to store, each of one item. */
import type { Change, Reason } from "../../../lambdas/app/store.ts";
import { unknownCustomer } from "../../../lambdas/domain/customer/customer.ts";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { Entry } from "../../../lambdas/domain/enrollment/entry.ts";
import type { CustomerEvent } from "../../../lambdas/domain/events/event.ts";
import type { Send } from "../../../lambdas/domain/messages/send-log.ts";
import type { RunEntry } from "../../../lambdas/domain/schedule/run-record.ts";
import type { Json } from "../../../lambdas/domain/values/json.ts";
import { eventOf } from "../../app/world.ts";
import { EARLIER, enrolled, NOW } from "../../domain/enrolled.ts";

export const customer = (revision: number, more: object = {}): Change => ({
  kind: "customer",
  customer: { ...unknownCustomer("c-1"), revision, attributes: { revision }, changedAt: NOW, ...more },
});

export const unchanged = (revision: number): Change => ({
  kind: "unchanged",
  customer: { ...unknownCustomer("c-1"), revision },
});

export const send = (at: string, messageId = `m-${at}`): Send => ({ messageId, class: "marketing", at });

export const sends = (revision: number, log: readonly Send[] = [send(NOW)], customerId = "c-1"): Change => ({
  kind: "sends",
  sends: { customerId, sends: log, revision },
});

export const address = (revision: number): Change => ({
  kind: "address",
  facts: {
    ...{ address: "hash", reports: { bounced: NOW }, lifted: EARLIER, stopped: { sms: NOW }, revision },
    inboundAt: { whatsapp: NOW },
    conversation: {
      customers: ["c-1"],
      messages: [{ channel: "sms", customerId: "c-1", messageId: "m-1", at: NOW }],
      received: [{ id: "i-1", customerId: "c-1", messageId: "m-1" }],
    },
  },
});

export const enrollment = (revision: number, more: Partial<Enrollment> = {}): Change => ({
  kind: "enrollment",
  enrollment: enrolled({ revision, ...more }),
});

/** An enrollment whose trigger event has this time. */
export const begun = (enrollmentId: string, time: string, more: Partial<Enrollment> = {}): Change =>
  enrollment(1, { enrollmentId, trigger: { ...enrolled().trigger, time }, ...more });

export const removal = (revision: number): Change => ({ kind: "removal", enrollment: enrolled({ revision }) });

export const over = { status: "completed" } as const;

export const closing = (revision: number): Change => ({
  kind: "closing",
  enrollment: enrolled({ revision, ...over }),
});

export const entry = (revision: number, key?: Json, more: Partial<Entry> = {}): Change => ({
  kind: "entry",
  entry: {
    customerId: "c-1",
    journeyId: "j",
    ...(key !== undefined && { key }),
    count: revision,
    lastEnteredAt: NOW,
    revision,
    ...more,
  },
});

export const event = (id: string, more: Partial<CustomerEvent> = {}, name = "visit"): Change => ({
  kind: "event",
  event: eventOf(name, { id, time: NOW, ...more }),
  watched: true,
});

export const reason = (deliveryId: string, more: Partial<Reason> = {}): Change => ({
  kind: "reason",
  reason: {
    customerId: "c-1",
    enrollmentId: "x",
    journeyId: "j",
    journeyVersion: 1,
    eventId: "t",
    deliveryId,
    reason: "entry-limit",
    time: EARLIER,
    at: NOW,
    ...more,
  },
});

export const considered = (runId: string, outcome: RunEntry["outcome"] = "entered"): Change => ({
  kind: "considered",
  entry: { customerId: "c-1", journeyId: "j", runId, outcome, time: NOW },
});

export const counts = (added: Readonly<Record<string, number>>, spread = "e", together = false): Change => ({
  kind: "counts",
  journeyId: "j",
  counts: added,
  shardKey: spread,
  singleItem: together,
});

export const ids = async (refs: AsyncIterable<{ readonly enrollmentId: string }>) =>
  (await Array.fromAsync(refs)).map(({ enrollmentId }) => enrollmentId).sort();
