/** Goals by day: the whole table on a small stack, a part that says so on a large one, and nothing on other failures. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GoalDaysAnswer } from "../../console/api/journeys.ts";
import { goalDaysAnswer } from "../../console/server/answers/goal-days.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { MemoryStack } from "../commands/memory-stack/stack.ts";
import { shop } from "../commands/shop.ts";
import { answerOf, type Running, running } from "./running.ts";

const PAGE = 40_000;

/** As a table of 120,000 items, in pages: the journey's only enrollment lies in one of them. */
function large(stack: MemoryStack, inPage: number): MemoryStack {
  const own = stack.logs.bind(stack);
  stack.logs = async function* (id, tell = () => {}): AsyncGenerator<Enrollment> {
    for (let page = 1; page <= 3; page++) {
      if (page === inPage) for await (const each of own(id)) yield each;
      tell(page * PAGE);
    }
  };
  return stack;
}

const sum = ({ days }: GoalDaysAnswer) => days.reduce((all, { entered }) => all + entered, 0);

test("the goals of a small stack", async () => {
  const answer = await goalDaysAnswer("cart", await shop());
  expect([answer.days.length, answer.more, sum(answer)]).toEqual([30, false, 3]);
  expect(answer.days.at(-1)?.goals).toEqual({ sale: 1 });
});

test.each([
  ["before the limit, it counts", 1, 3],
  ["on the page that reaches the limit, it counts", 3, 3],
  ["nowhere, the reading ends all the same", 0, 0],
])("of a large table only a part is read: an enrollment %s", async (_, page, entered) => {
  const answer = await goalDaysAnswer("cart", large(await shop(), page));
  expect([answer.items, answer.more, sum(answer)]).toEqual([120_000, true, entered]);
});

test("a failure of the table is a failure", async () => {
  const stack = await shop();
  stack.onRead = () => {
    throw new Error("Throttled.");
  };
  await expect(goalDaysAnswer("cart", stack)).rejects.toThrow("Throttled.");
});

describe("on the embedded engine", () => {
  let open: Running;
  beforeAll(async () => {
    open = await running();
  });
  afterAll(() => open.close());

  test("the days are those of the virtual clock", async () => {
    const answer = await answerOf<GoalDaysAnswer>(open, "/api/goal-days?id=abandoned-cart");
    expect([answer.days.at(-1)?.day, answer.items, answer.more]).toEqual(["2026-02-02", 0, false]);
    expect(answer.days.filter(({ goals }) => (goals.purchase ?? 0) > 0).length).toBeGreaterThan(3);
  });
});
