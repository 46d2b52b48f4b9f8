/** Steps of an enrollment, and the results of components. */
import type { Step } from "../../../lambdas/domain/enrollment/enrollment.ts";
import { NOW } from "../enrolled.ts";

export const step = (componentId: string, outcome: string, more: Partial<Step> = {}): Step => ({
  componentId,
  type: "wait",
  at: NOW,
  outcome,
  ...more,
});
