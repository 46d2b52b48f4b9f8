/** A journey, two customers inside, and edits of the journey: for the tests that say who moves and who stays. */
import type { Enrollment, Position, Step } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { Component, ComponentOf } from "../../../lambdas/domain/journey/component.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { decideMove } from "../../../lambdas/domain/migration/decide-move.ts";
import { EARLIER, enrolled, journeyOf, LATER, message, NOW } from "../enrolled.ts";

export type Components = Journey["components"];

/** Welcome, a day, then the offer to those who opened it. The customer has the welcome and waits for the day to end. */
export const old: Components = {
  first: { type: "sendTemplate", template: "welcome", next: "day" },
  day: { type: "wait", for: "P1D", next: "opened" },
  opened: { type: "messageStatusRule", message: "first", status: "read", within: "P2D", met: "vip", notMet: "tag" },
  vip: {
    type: "condition",
    branches: [{ when: { field: "customer.plan", operator: "equals", value: "vip" }, next: "offer" }],
    otherwise: "tag",
  },
  offer: { type: "sendTemplate", template: "offer", next: "last" },
  tag: { type: "addTag", tags: ["cold"], next: "last" },
  last: {
    type: "waitFor",
    branches: [{ id: "bought", event: "order.placed", next: "thanks" }],
    within: "P3D",
    otherwise: "late",
  },
  thanks: { type: "sendTemplate", template: "thanks" },
  late: { type: "sendTemplate", template: "late" },
};

export const sent = (componentId: string): Step => step(componentId, "sendTemplate", "done");
export const step = (
  componentId: string,
  type: Component["type"],
  outcome: string,
  more: Partial<Step> = {},
): Step => ({
  componentId,
  type,
  at: EARLIER,
  leftAt: EARLIER,
  outcome,
  ...more,
});
export const open = (componentId: string, type: Component["type"]): Step => ({
  componentId,
  type,
  at: EARLIER,
  outcome: "waiting",
  until: LATER,
});
export const at = (componentId: string, more: Partial<Position> = {}): Position => ({
  componentId,
  visit: 1,
  since: EARLIER,
  ...more,
});
export const timer = { for: "timer", until: LATER } as const;
export const signal = { for: "signal", until: LATER, token: "t-1" } as const;

export const inDay = enrolled({
  steps: [sent("first"), open("day", "wait")],
  messages: [message({ componentId: "first", template: "welcome" })],
  position: at("day", { waiting: timer }),
});
/** The customer opened the welcome after 30 minutes, is no VIP, and waits for an order. */
export const inLast = enrolled({
  steps: [
    sent("first"),
    step("day", "wait", "done", { until: EARLIER }),
    step("opened", "messageStatusRule", "met", { until: LATER }),
    step("vip", "condition", "tag"),
    step("tag", "addTag", "done"),
    open("last", "waitFor"),
  ],
  messages: [message({ componentId: "first", template: "welcome" })],
  position: at("last", { visit: 5, waiting: signal, consumed: ["x e-1"] }),
});

export function move(
  enrollment: Enrollment,
  components: Components,
  { renames = {}, before = old, more = {} }: { renames?: object; before?: Components; more?: Partial<Journey> } = {},
) {
  const versions = {
    old: journeyOf(before),
    next: journeyOf(components, more),
    renames: new Map(Object.entries(renames) as [string, string][]),
  };
  return decideMove(enrollment, versions, { to: 2, now: NOW });
}

export const without = (components: Components, ...ids: string[]): Components =>
  Object.fromEntries(Object.entries(components).filter(([id]) => !ids.includes(id)));
export const change = (id: string, more: object, components = old): Components =>
  ({ ...components, [id]: { ...components[id], ...more } }) as Components;
export const wait: ComponentOf<"wait"> = { type: "wait", for: "P1D" };
