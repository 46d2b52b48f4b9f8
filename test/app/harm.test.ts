/** A failed crash test names the harm in sentences: one for each kind of harm, and none without harm. */
import { expect, test } from "vitest";
import { journey } from "../behaviour/scenario-of.ts";
import { harm, miscounted } from "./harm.ts";
import { good, World } from "./world.ts";

const document = good(
  journey({
    goals: [{ id: "bought", event: "order" }],
    components: {
      mail: { type: "sendTemplate", template: "hello", next: "wait-1h" },
      "wait-1h": { type: "wait", for: "PT1H", next: "tag" },
      tag: { type: "addTag", tags: ["a"] },
    },
  }),
);

/** One customer's life, which a test interrupts or disturbs. */
async function lived({ until = "01-06 10:00", enters = true, orders = true, still = false } = {}) {
  const world = new World({ still });
  await world.adopt(document);
  if (enters) world.happens("start", { id: "s", changes: { email: "c-1@shop.example" } });
  await world.run("01-05 10:30");
  if (orders) world.happens("order", { id: "o" });
  await world.run(until);
  return world;
}

const without = await lived();

test("no harm gives no sentence", async () => {
  expect(harm(await lived(), without)).toEqual([]);
});

test("a marketing message that was sent twice", async () => {
  const world = await lived();
  world.sent.push(...world.sent);
  expect(harm(world, without)).toEqual(["c-1 got the marketing message hello 2 times"]);
});

test("a message that was never sent, and a customer who is stuck", async () => {
  expect(harm(await lived({ still: true }), without)).toEqual([
    "c-1 never got the message hello of journey j",
    "c-1 is stuck in mail of journey j",
    'c-1 has the tags [], not ["a"]',
  ]);
  expect(harm(await lived({ until: "01-05 10:45" }), without)).toContain("c-1 is stuck in wait-1h of journey j");
});

test("a goal that is not counted", async () => {
  expect(harm(await lived({ orders: false }), without)).toEqual(["the goal bought of c-1 in journey j is not counted"]);
});

test("a customer who never entered", async () => {
  expect(harm(await lived({ enters: false }), without)).toContain("c-1 entered journey j 0 times, not 1");
});

test("a counter that differs from the logs, on either side", () => {
  expect(miscounted({ j: { entered: 2, active: 1 } }, { j: { entered: 1, active: 1, exited: 1 } })).toEqual([
    "the counter entered of journey j says 2, the logs say 1",
    "the counter exited of journey j says 0, the logs say 1",
  ]);
});
