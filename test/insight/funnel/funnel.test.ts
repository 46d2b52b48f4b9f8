import { expect, test } from "vitest";
import { funnelOf } from "../../../insight/funnel/funnel.ts";
import { addCounts, countsOf } from "../../../lambdas/domain/counters/counts.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { journey as document } from "../../cli/running.ts";
import { enrollment } from "../enrolled.ts";

const journey = document as unknown as Journey;

test("a journey that nobody entered has its components in order and no rates", () => {
  const { entered, components, messages, goals } = funnelOf(journey, {});
  expect([entered, components.map(({ componentId }) => componentId)]).toEqual([0, ["greet", "read", "tag"]]);
  expect([messages[0]?.rates, goals]).toEqual([{}, [{ goalId: "sale", reached: 0 }]]);
});

const counts = {
  entered: 10,
  active: 2,
  completed: 5,
  exited: 3,
  "exited.gone": 2,
  "exited.journey-stopped": 1,
  "goal.sale": 4,
  "component.greet.entered": 10,
  "component.greet.left.done": 8,
  "component.greet.left.skipped": 2,
  "component.read.entered": 10,
  "component.read.left.met": 4,
  "component.read.left.notMet": 1,
  "component.read.left.exited": 3,
  "component.tag.entered": 4,
  "component.tag.left.done": 4,
  "component.old.entered": 1,
  "component.old.left.done": 1,
  "message.greet.sent": 8,
  "message.greet.delivered": 6,
  "message.greet.read": 3,
  "message.greet.bounced": 2,
  "message.greet.skipped.no-address": 2,
};

test("who is at a component is who came and has not left", () => {
  const { components } = funnelOf(journey, counts);
  expect(components.map(({ componentId, entered, here, live }) => [componentId, entered, here, live])).toEqual([
    ["greet", 10, 0, true],
    ["read", 10, 2, true],
    ["tag", 4, 0, true],
    ["old", 1, 0, false],
  ]);
});

test("every outlet of a component is told, those that nobody took and exits too", () => {
  const left = funnelOf(journey, { ...counts, "component.read.left.notMet": 0 }).components[1]?.left;
  expect(left).toEqual({ met: 4, notMet: 0, exited: 3 });
});

test("rates are of those sent or delivered, conversion of those who entered", () => {
  const { messages, goals, exited } = funnelOf(journey, counts);
  expect(messages).toMatchObject([
    {
      componentId: "greet",
      sent: 8,
      skipped: { total: 2, reasons: { "no-address": 2 } },
      rates: { delivered: 0.75, read: 0.5, clicked: 0, bounced: 0.25, complained: 0 },
    },
  ]);
  expect(goals).toEqual([{ goalId: "sale", reached: 4, conversion: 0.4 }]);
  expect(exited).toEqual({ total: 3, reasons: { gone: 2, "journey-stopped": 1 } });
});

test("what the interpreter counts adds up", () => {
  const inside = enrollment({ status: "active", reason: undefined, endedAt: undefined });
  const sum = addCounts(countsOf(enrollment()), countsOf(inside));
  const { entered, active, completed, exited, failed } = funnelOf(journey, sum);
  expect(active + completed + exited.total + failed.total).toBe(entered);
});
