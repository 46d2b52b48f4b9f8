/** A signal and the waiting token may come in either order, twice, late, or after the customer has left. */
import { describe, expect, test } from "vitest";
import { recordMessageStatus } from "../../../lambdas/app/messages/record-message-status.ts";
import { advanceEnrollment } from "../../../lambdas/app/walk/advance-enrollment.ts";
import { awaitSignal } from "../../../lambdas/app/walk/await-signal.ts";
import { journey, on } from "../../behaviour/scenario-of.ts";
import { World } from "../world.ts";

const tag = (name: string) => ({ type: "addTag", tags: [name] });
const waitFor = {
  type: "waitFor",
  branches: [{ id: "paid", event: "order", next: "yes" }],
  within: "P1D",
  otherwise: "no",
};
const statusRule = {
  type: "messageStatusRule",
  message: "mail",
  status: "read",
  within: "P1D",
  met: "yes",
  notMet: "no",
};

/** A customer who waits for a signal at visit 1, and the function that sends the signal. */
async function waiting(rest: object) {
  const world = new World({ still: true });
  await world.publish(
    journey({
      exit: [{ id: "left", event: "leave" }],
      components: {
        mail: { type: "sendTemplate", template: "hello", next: "rest" },
        rest,
        yes: tag("yes"),
        no: tag("no"),
      },
    }),
  );
  const ref = await world.enter();
  const advance = () => advanceEnrollment(ref, world.ports);
  expect(await advance()).toEqual({ next: "awaitSignal", until: on("01-06 10:00"), visit: 1 });
  const signal = async (time = on("01-05 12:00")) => {
    if (rest === waitFor) world.happens("order", { time });
    else
      await recordMessageStatus(
        { customerId: "c-1", messageId: `${ref.enrollmentId}-0`, status: "read", time },
        world.ports,
      );
    await world.run();
  };
  const sleep = (token: string, visit = 1) => awaitSignal(ref, visit, token, world.ports);
  return { world, advance, signal, sleep };
}

const tags = async (world: World) => (await world.store.customer("c-1")).tags;

describe.each([
  ["waitFor", waitFor],
  ["messageStatusRule", statusRule],
])("%s", (_, rest) => {
  test("the token first: the signal wakes the execution; a second signal does no harm", async () => {
    const { world, advance, signal, sleep } = await waiting(rest);
    await sleep("T");
    await signal();
    expect([...new Set(world.asked)]).toEqual(["start 1", "signal T"]);
    expect(await advance()).toEqual({ next: "done" });
    expect(await tags(world)).toEqual(["yes"]);
    expect((await world.only()).position.waiting).toBeUndefined();
  });

  test("the signal first: the execution wakes as soon as it begins to wait", async () => {
    const { world, advance, signal, sleep } = await waiting(rest);
    await signal();
    expect(world.asked).toEqual(["start 1"]);
    await sleep("T");
    expect(world.asked).toEqual(["start 1", "signal T"]);
    expect(await advance()).toEqual({ next: "done" });
    expect(await tags(world)).toEqual(["yes"]);
  });

  test("both at the same time, in any order of the calls: the execution wakes", async () => {
    const { world, signal, sleep } = await waiting(rest);
    await Promise.all([signal(), sleep("T")]);
    await world.run();
    expect(new Set(world.asked)).toEqual(new Set(["start 1", "signal T"]));
  });

  test("a signal that was stored, but whose execution was not woken: the next advance sees it", async () => {
    const { world, advance, signal } = await waiting(rest);
    await signal();
    expect(await advance()).toEqual({ next: "done" });
    expect(await tags(world)).toEqual(["yes"]);
  });

  test("no signal: when the time is up, the facts are read again before the decision", async () => {
    const { world, advance, sleep } = await waiting(rest);
    await sleep("T");
    await world.run("01-06 10:00");
    expect(await advance()).toEqual({ next: "done" });
    expect(await tags(world)).toEqual(["no"]);
  });

  test("the last moment: a signal at the end of the time still counts", async () => {
    const { world, advance, signal, sleep } = await waiting(rest);
    await sleep("T");
    await world.run("01-06 10:00");
    await signal(on("01-06 10:00"));
    expect(await advance()).toEqual({ next: "done" });
    expect(await tags(world)).toEqual(["yes"]);
  });

  test("another visit, an ended enrollment or an unknown one: the token is not stored, and its execution goes on", async () => {
    const { world, sleep } = await waiting(rest);
    await sleep("EARLY", 0);
    expect(world.asked).toContain("signal EARLY");
    expect((await world.only()).position.waiting?.token).toBeUndefined();
    world.happens("leave", { time: on("01-05 10:01") });
    await world.run();
    await sleep("LATE");
    expect(world.asked).toContain("signal LATE");
    expect(JSON.stringify(await world.only())).not.toContain("LATE");
    await awaitSignal({ customerId: "c-9", enrollmentId: "none" }, 0, "NOBODY", world.ports);
    expect(world.asked).toContain("signal NOBODY");
  });

  test("an exit stops the execution and removes the token", async () => {
    const { world, sleep } = await waiting(rest);
    await sleep("T");
    world.happens("leave", { time: on("01-05 10:01") });
    await world.run();
    expect(world.asked).toEqual(["start 1", "stop 1"]);
    expect(JSON.stringify(await world.only())).not.toContain('"T"');
  });

  test("the first signal decides", async () => {
    const { world, advance, signal, sleep } = await waiting(rest);
    await sleep("T");
    await signal();
    await signal();
    await advance();
    expect(await tags(world)).toEqual(["yes"]);
    expect(world.counted()).toEqual(world.recount());
  });
});

test("the token of a new execution of the same visit replaces the old token", async () => {
  const { world, signal, sleep } = await waiting(waitFor);
  await sleep("OLD");
  await sleep("NEW");
  await signal();
  expect(world.asked.at(-1)).toBe("signal NEW");
});

test("a repeated delivery wakes the execution again: the first may have crashed before the wake-up", async () => {
  const { world, signal, sleep } = await waiting(waitFor);
  await signal();
  await sleep("T");
  const woken = world.asked.length;
  await signal(on("01-05 12:01"));
  expect(world.asked.slice(woken)).toEqual([]);
});
