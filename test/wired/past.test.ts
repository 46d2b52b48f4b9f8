/** For an event of a customer with a long past, only the open enrollments are read. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { minus, toTime } from "../../lambdas/domain/time/time.ts";
import { published } from "./aws/deliveries.ts";
import type { Stack } from "./stack.ts";
import { countUnits, type Units } from "./units.ts";
import { entered, visited } from "./visitors.ts";

let stack: Stack;
let units: Units;
beforeAll(async () => {
  stack = await visited();
  units = countUnits(stack, "the-customers");
});
afterAll(() => stack?.stop());
beforeEach(() => stack.forget());

const now = toTime(new Date().toISOString()) ?? "";
const ago = (duration: string) => minus(now, duration);

/** The customer is inside, and has ended this many enrollments before. Stored as the previous release stored them. */
async function withPast(customerId: string, past: number): Promise<void> {
  await entered(stack, customerId);
  const { active: _, dueAt: __, ...inside } = stack.item("enrollment#", customerId);
  const ended = { ...inside, status: "completed", enteredAt: ago("P80D"), endedAt: ago("P70D"), revision: 7 };
  for (let number = 0; number < past; number++) {
    const enrollmentId = `past-${number}`;
    stack.tables.put("the-customers", { ...ended, enrollmentId, sk: `enrollment#${enrollmentId}` });
  }
  stack.tables.changes("the-customers");
}

/** The units that exit-evaluator takes to read for one watched event. */
async function unitsOfEvent(customerId: string, id: string, more: object = {}): Promise<number> {
  await stack.deliver("trigger-matcher", published("buy", { customerId, ...more }, { id: `${customerId}-${id}` }));
  units.read = 0;
  await stack.follow("exit-evaluator");
  const { read } = units;
  await stack.follow("exit-evaluator");
  return read;
}

const enrollmentsOf = (customerId: string) =>
  stack.tables
    .items("the-customers")
    .filter((item) => item.customerId === customerId && "journeyId" in item && "steps" in item);

describe("a watched event", () => {
  test("reads what is open, and not what a customer's past is", async () => {
    const reads: Record<number, number> = {};
    for (const past of [0, 10, 200]) {
      const customerId = `c-${past}`;
      await withPast(customerId, past);
      // The first events move what is closed out of the way of the others.
      for (let first = 0; first < 5; first++) await unitsOfEvent(customerId, `first-${first}`);
      reads[past] = await unitsOfEvent(customerId, "next");
      expect(enrollmentsOf(customerId)).toHaveLength(past + 1);
    }
    // The open enrollments, and the customer.
    expect(reads).toEqual({ 0: 2, 10: 2, 200: 2 });
  });
});
