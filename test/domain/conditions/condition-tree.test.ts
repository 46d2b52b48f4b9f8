/** The depth and the number of leaves of a condition. */
import { expect, test } from "vitest";
import type { Condition } from "../../../lambdas/domain/conditions/condition.ts";
import { leaves, sizeOf } from "../../../lambdas/domain/conditions/condition-tree.ts";

const leaf: Condition = { field: "customer.a", operator: "exists" };

test.each<[Condition, number, number]>([
  [leaf, 1, 1],
  [{ not: leaf }, 2, 1],
  [{ all: [leaf, leaf, leaf] }, 2, 3],
  [{ any: [leaf, { not: { not: leaf } }] }, 4, 2],
  [{ all: [{ any: [leaf, leaf] }, leaf] }, 3, 3],
  [{ any: [leaf, { all: [leaf, { not: leaf }] }] }, 4, 3],
])("%j is %i deep with %i comparisons", (condition, deep, many) => {
  expect(sizeOf(condition)).toEqual({ depth: deep, leaves: many });
  expect(leaves(condition)).toHaveLength(many);
});
