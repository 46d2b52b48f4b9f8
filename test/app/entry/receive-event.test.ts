/** Valid deliveries are handled; malformed ones go to the dead-letter queue with their problems. */
import { describe, expect, test } from "vitest";
import { PermanentError } from "../../../lambdas/app/errors.ts";
import { receiveEvent } from "../../../lambdas/app/receive/receive-event.ts";
import type { Problem } from "../../../lambdas/domain/documents/problem.ts";
import { lasting, on } from "../../behaviour/scenario-of.ts";
import { World } from "../world.ts";

const envelope = (detail: unknown, more: object = {}) =>
  JSON.stringify({ id: "eb-1", source: "shop", "detail-type": "start", time: "2026-01-05T10:00:00Z", detail, ...more });

async function receiving(
  delivery: string,
  how: Parameters<typeof receiveEvent>[1] = {},
  change = (world: World) => world.ports,
  journeys = ["j"],
) {
  const world = new World();
  for (const id of journeys) await world.publish(lasting({ id }));
  const aside: { delivery: string; problems: readonly Problem[] }[] = [];
  const deadLetters = {
    put: async (delivery: string, problems: readonly Problem[]) => {
      aside.push({ delivery, problems });
    },
  };
  const outcome = await receiveEvent(delivery, how, { ...change(world), inbox: world.inbox, deadLetters });
  await world.run();
  return { world, outcome, aside };
}

test("a valid delivery is handled", async () => {
  const { world, outcome, aside } = await receiving(envelope({ customerId: "c-1", id: "e1" }));
  expect(outcome).toBe("matched");
  expect(aside).toEqual([]);
  expect((await world.only()).trigger).toMatchObject({ eventId: "e1", deliveryId: "eb-1" });
});

describe("a malformed delivery goes to the dead letters as a whole, with every problem", () => {
  test.each([
    ["JSON", "{", [""]],
    ["not an event", "[]", [""]],
    ["customer", envelope({}), ["detail.customerId"]],
    ["a customer that is no text", envelope({ customerId: 7 }), ["detail.customerId"]],
    ["an unprintable customer", envelope({ customerId: "a\u0007" }), ["detail.customerId"]],
    ["a customer id that is too long", envelope({ customerId: "x".repeat(129) }), ["detail.customerId"]],
    ["a bad time", envelope({ customerId: "c-1", time: "yesterday" }), ["detail.time"]],
    ["data that is a list", envelope({ customerId: "c-1", data: [] }), ["detail.data"]],
    ["a bad name", envelope({ customerId: "c-1" }, { "detail-type": "a b" }), ["detail-type"]],
    ["a source of AWS", envelope({ customerId: "c-1" }, { source: "aws.ses" }), ["source"]],
    [
      "a source that looks like the system's",
      envelope({ customerId: "c-1" }, { source: "customer-journeys.fake" }),
      ["source"],
    ],
    [
      "a time and a customer of the wrong type, and no customer id",
      envelope({ time: 1, customer: 2 }),
      ["detail.customerId", "detail.time", "detail.customer"],
    ],
  ])("%s", async (_, delivery, paths) => {
    const { world, outcome, aside } = await receiving(delivery);
    expect(outcome).toBe("rejected");
    expect(aside.map((letter) => letter.delivery)).toEqual([delivery]);
    expect(aside[0]?.problems.map(({ path }) => path).sort()).toEqual(paths.toSorted());
    expect(await world.store.enrollments("c-1")).toEqual([]);
  });
});

test("an event that can never be stored goes to the dead letters too", async () => {
  const { aside } = await receiving(envelope({ customerId: "c-1" }), {}, (world) => ({
    ...world.ports,
    store: Object.assign(Object.create(world.store) as typeof world.store, {
      commit: () => Promise.reject(new PermanentError("The item is larger than 400 kB.")),
    }),
  }));
  expect(aside[0]?.problems).toEqual([{ path: "", code: "not-storable", message: "The item is larger than 400 kB." }]);
});

test("a delivery that may succeed later does not go to the dead letters: the queue repeats it", async () => {
  const failing = receiving(envelope({ customerId: "c-1" }), {}, (world) => ({
    ...world.ports,
    store: Object.assign(Object.create(world.store) as typeof world.store, {
      commit: () => Promise.reject(new Error("try later")),
    }),
  }));
  await expect(failing).rejects.toThrow("try later");
});

test.each([
  ["the permanent error first", ["permanent", "passing"]],
  ["the passing error first", ["passing", "permanent"]],
])("of two journeys that fail, the passing error decides: the queue repeats the delivery (%s)", async (_, kinds) => {
  const errors = { permanent: new PermanentError("never"), passing: new Error("try later") };
  const failing = receiving(
    envelope({ customerId: "c-1" }),
    {},
    (world) => ({
      ...world.ports,
      store: Object.assign(Object.create(world.store) as typeof world.store, {
        entry: async () => Promise.reject(errors[kinds.shift() as "permanent" | "passing"]),
      }),
    }),
    ["j", "k"],
  );
  await expect(failing).rejects.toThrow("try later");
});

test("integers beyond 2^53 keep their exact text, so that two keys stay two", async () => {
  const { world } = await receiving(
    '{"id":"eb-1","source":"shop","detail-type":"start","time":"2026-01-05T10:00:00Z",' +
      '"detail":{"id":"e-1","customerId":"c-1","data":{"cart":9007199254740993}}}',
  );
  expect((await world.store.event("c-1", "e-1"))?.data).toEqual({ cart: "9007199254740993" });
});

describe("the time of an event", () => {
  const timeOf = async (detail: object, how: Parameters<typeof receiveEvent>[1] = {}) =>
    (await (await receiving(envelope({ customerId: "c-1", ...detail }), how)).world.only()).trigger.time;
  test.each([
    ["the app's own time", { time: "2026-01-05T09:59:00.5Z" }, "01-05 09:59:00.500"],
    ["else EventBridge's, to the second", {}, "01-05 10:00"],
  ])("%s", async (_, detail, expected) => {
    expect(await timeOf(detail)).toBe(on(expected));
  });

  test("in a stack whose time is scaled, EventBridge's time is translated, an app's is not", async () => {
    const virtual = () => on("01-05 09:00");
    const scaled = { virtual, sentAt: 0 };
    expect(await timeOf({}, { scaled })).toBe(on("01-05 09:00"));
    expect(await timeOf({ time: on("01-05 09:30") }, { scaled })).toBe(on("01-05 09:30"));
  });

  const sent = (milliseconds: number) => Date.parse(on("01-05 10:00")) + milliseconds;
  test.each([
    ["at its moment in the queue", sent(123), "01-05 10:00:00.123"],
    ["put into the queue much later: within that second", sent(60_000), "01-05 10:00:00.999"],
    ["put into the queue before, by another clock", sent(-5), "01-05 10:00"],
  ])(
    "in a stack whose time is scaled, the second of EventBridge's time is divided: %s",
    async (_, sentAt, expected) => {
      expect(await timeOf({}, { scaled: { virtual: (real) => real, sentAt } })).toBe(on(expected));
    },
  );
});

describe("an event without a time of its own stands for its whole second", () => {
  const at = (id: string, name: string, more: object = {}) =>
    JSON.stringify({
      id,
      source: "shop",
      "detail-type": name,
      time: "2026-01-05T10:00:00Z",
      detail: { customerId: "c-1", ...more },
    });
  const reasons = async (...deliveries: string[]) => {
    const world = new World();
    await world.publish(lasting({ exit: [{ id: "bought", event: "order" }] }));
    const put = async () => {};
    for (const delivery of deliveries) {
      await receiveEvent(delivery, {}, { ...world.ports, inbox: world.inbox, deadLetters: { put } });
      await world.run();
    }
    return (await world.only()).reason;
  };

  test("such an event counts for a waitFor that the customer reached later in that second, and ends one wait only", async () => {
    const world = new World();
    const branches = [{ id: "paid", event: "paid", next: "second" }];
    const second = { type: "waitFor", branches: [{ id: "paid", event: "paid" }], within: "P1D" };
    const first = { type: "waitFor", branches, within: "P1D" };
    await world.publish(lasting({ components: { first, second }, start: "first" }));
    const put = async () => {};
    const time = "2026-01-05T10:00:00.700Z";
    for (const delivery of [at("1", "start", { time }), at("2", "paid")]) {
      await receiveEvent(delivery, {}, { ...world.ports, inbox: world.inbox, deadLetters: { put } });
      await world.run();
    }
    expect((await world.only()).position).toMatchObject({ componentId: "second" });
  });

  test.each([
    ["the purchase is delivered after the checkout", [at("1", "start"), at("2", "order")], "bought"],
    ["the purchase is delivered before the checkout", [at("2", "order"), at("1", "start")], "bought"],
    [
      "the checkout has a time within that second",
      [at("1", "start", { time: "2026-01-05T10:00:00.700Z" }), at("2", "order")],
      "bought",
    ],
    [
      "and the purchase is delivered first",
      [at("2", "order"), at("1", "start", { time: "2026-01-05T10:00:00.700Z" })],
      "bought",
    ],
    [
      "the purchase has a time within that second",
      [at("1", "start"), at("2", "order", { time: "2026-01-05T10:00:00.001Z" })],
      "bought",
    ],
    [
      "the checkout is a second later",
      [at("2", "order"), at("1", "start", { time: "2026-01-05T10:00:01Z" })],
      undefined,
    ],
    [
      "both have times, and the purchase is earlier",
      [at("1", "start", { time: "2026-01-05T10:00:00.700Z" }), at("2", "order", { time: "2026-01-05T10:00:00.699Z" })],
      undefined,
    ],
  ])("%s", async (_, deliveries, expected) => {
    expect(await reasons(...deliveries)).toBe(expected);
  });
});
