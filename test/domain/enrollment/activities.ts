/** Activities, and enrollments that wait for them. */
import type { Condition } from "../../../lambdas/domain/conditions/condition.ts";
import type { Activity } from "../../../lambdas/domain/enrollment/activity.ts";
import { applyActivity } from "../../../lambdas/domain/enrollment/apply-activity.ts";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import { journeyOf, LATER } from "../enrolled.ts";

export const gone: Condition = { field: "customer.gone", operator: "equals", value: true };

export const order = (more: Partial<Extract<Activity, { kind: "event" }>> = {}): Activity => ({
  kind: "event",
  id: "o",
  name: "order",
  time: LATER,
  data: {},
  ...more,
});

export const change = (revision: number, time = LATER): Activity => ({ kind: "change", revision, time });

export const waitFor = journeyOf({
  first: {
    type: "waitFor",
    branches: [
      { id: "paid", event: "order" },
      { id: "gone", where: gone },
      { id: "read", where: { message: "mail", status: "read" } },
    ],
    within: "P1D",
  },
});

export const rules = (live: object, entered = journeyOf({ first: { type: "wait", for: "P1D" } })) => ({
  live,
  entered,
});

export const applied = (
  enrollment: Enrollment,
  versions: ReturnType<typeof rules>,
  activity: Activity,
  customer: object = {},
) => applyActivity(enrollment, versions, activity, customer as Record<string, never>, LATER);
