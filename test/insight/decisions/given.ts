/** A customer's record, and the text of a decision. */
import type { CustomerRecord } from "../../../insight/customer/record.ts";
import { decisionText } from "../../../insight/decisions/decision-text.ts";
import { decisionsOf } from "../../../insight/decisions/decisions.ts";
import type { Condition } from "../../../lambdas/domain/conditions/condition.ts";
import { unknownCustomer } from "../../../lambdas/domain/customer/customer.ts";
import type { Enrollment, Step } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { Component } from "../../../lambdas/domain/journey/component.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { journey as document } from "../../cli/running.ts";
import { enrollment } from "../enrolled.ts";

export const day = (date: number, time = "09:00:00.000") => `2026-01-${String(date).padStart(2, "0")}T${time}Z`;

export const KEPT_SINCE = "2025-01-01T00:00:00.000Z";

export const event = (id: string, name: string, date: number, data = {}) => ({
  id,
  name,
  customerId: "c-1",
  time: day(date),
  data,
  deliveryId: `d-${id}`,
  hops: 0,
  system: false,
});

export const record: CustomerRecord = {
  customerId: "c-1",
  profile: {
    ...unknownCustomer("c-1"),
    attributes: { country: "DE", plan: "gold", address: { city: "Köln" }, renewsAt: day(20), topics: { news: false } },
    tags: ["vip"],
    times: {
      country: day(1),
      plan: day(7),
      address: day(1),
      renewsAt: day(1),
      gone: day(8),
      tags: day(5),
      "topics.news": day(9),
    },
  },
  enrollments: [],
  events: [
    event("evt-1", "go", 5, { total: 59 }),
    event("o-1", "order", 2),
    event("o-2", "order", 6, { total: 7 }),
    event("o-3", "order", 8, { total: 70 }),
  ],
  reasons: [],
  entries: [],
};

/** The text of the decision of one step. */
export function said(
  component: Component,
  step: Partial<Step>,
  parts: Partial<Enrollment> = {},
  keptSince = KEPT_SINCE,
) {
  const journey = { ...document, components: { here: component } } as unknown as Journey;
  const whole: Step = {
    componentId: "here",
    type: component.type,
    at: day(5),
    leftAt: day(5),
    outcome: "done",
    ...step,
  };
  const [decision] = decisionsOf(enrollment({ steps: [whole], ...parts }), journey, record, keptSince);
  return decision && decisionText(decision);
}

export const on = (when: Condition): Component => ({
  type: "condition",
  branches: [{ when, next: "yes" }],
  otherwise: "no",
});

export const order = (where?: Condition) => ({ id: "bought", event: "order", ...(where && { where }), next: "x" });

export const [message] = enrollment().messages;
