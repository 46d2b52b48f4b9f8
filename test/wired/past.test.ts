/** What an event reads of a customer with a long past: only what is open. */
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { itemSize, readUnits } from "../../insight/cost/capacity.ts";
import { minus, toTime } from "../../lambdas/domain/time/time.ts";
import { published } from "./deliveries.ts";
import type { Input } from "./loopback.ts";
import type { Stack } from "./stack.ts";
import { entered, visited } from "./visitors.ts";

type Answered = { readonly Item?: Raw; readonly Items?: readonly Raw[] };
type Raw = Record<string, AttributeValue>;

let stack: Stack;
let units = 0;

beforeAll(async () => {
  stack = await visited();
  for (const operation of ["GetItem", "Query"]) {
    const answer = stack.tables.answers[operation];
    if (!answer) throw new Error(`The tables do not answer ${operation}.`);
    stack.aws.answer({
      [operation]: (input) => {
        const answered = answer(input) as Answered;
        if (input.TableName === "the-customers") units += unitsOf(answered, input);
        return answered;
      },
    });
  }
});
afterAll(() => stack?.stop());
beforeEach(() => stack.forget());

function unitsOf({ Item, Items = [] }: Answered, { ConsistentRead }: Input): number {
  const found = [...(Item ? [Item] : []), ...Items].map((raw) => itemSize(unmarshall(raw)));
  return readUnits(
    found.reduce((sum, bytes) => sum + bytes, 0),
    ConsistentRead === true,
  );
}

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
  units = 0;
  await stack.follow("exit-evaluator");
  const read = units;
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
