/** Records of the stream: which events they publish, and how a change by hand is handled. */
import { describe, expect, test } from "vitest";
import { matchEvent } from "../../../lambdas/app/entry/match-event.ts";
import { evaluateChange } from "../../../lambdas/app/exits/evaluate-change.ts";
import type { Customer } from "../../../lambdas/domain/customer/customer.ts";
import { journey, lasting, on } from "../../behaviour/scenario-of.ts";
import { eventOf, World } from "../world.ts";

const names = (world: World) => world.published.map(({ name }) => name);

describe("every step of an enrollment is published, with ids and no personal data", () => {
  const components = {
    mail: { type: "sendTemplate", template: "hello", next: "rest" },
    rest: { type: "wait", for: "P1D" },
  };
  const document = journey({
    exit: [{ id: "left", event: "leave" }],
    goals: [{ id: "g", event: "order" }],
    components,
  });

  test("entered, sent, goal, completed", async () => {
    const world = new World();
    await world.publish(document);
    await world.enter();
    await world.run();
    world.happens("order", { time: on("01-05 10:01") });
    await world.run("01-20 00:00");
    expect(names(world)).toEqual(["journey.entered", "message.sent", "goal.reached", "journey.completed"]);
    const { enrollmentId } = await world.only();
    for (const { data, customerId } of world.published)
      expect({ ...data, customerId }).toMatchObject({
        journeyId: "j",
        journeyVersion: 1,
        enrollmentId,
        customerId: "c-1",
      });
    expect(JSON.stringify(world.published)).not.toMatch(/ann@|Hello/);
    expect(world.published[1]?.data).toMatchObject({
      messageId: `${enrollmentId}-0`,
      componentId: "mail",
      template: "hello",
    });
    expect(world.published[2]?.data).toMatchObject({ goalId: "g" });
  });

  test("exited, with the reason", async () => {
    const world = new World();
    await world.publish(document);
    await world.enter();
    world.happens("leave", { time: on("01-05 10:01") });
    await world.run();
    expect(world.published.at(-1)).toMatchObject({ name: "journey.exited", data: { reason: "left" } });
  });

  test("skipped, with the reason", async () => {
    const world = new World();
    await world.publish(document);
    await world.enter({ changes: {} });
    await world.run();
    expect(world.published.at(-1)).toMatchObject({
      name: "message.skipped",
      data: { componentId: "mail", reason: "no-address" },
    });
  });

  test("a repeated record publishes under the same ids", async () => {
    const world = new World({ still: true });
    await world.publish(document);
    const after = await world.enter();
    for (let times = 0; times < 2; times++)
      await evaluateChange({ kind: "enrollment", before: undefined, after }, world.ports);
    expect(world.published).toHaveLength(2);
    expect(world.published[0]).toEqual(world.published[1]);
  });

  test("a change of an enrollment without an announcement publishes nothing", async () => {
    const world = new World({ still: true });
    await world.publish(document);
    const after = await world.enter();
    await evaluateChange(
      { kind: "enrollment", before: after, after: { ...after, dueAt: on("02-01 00:00") } },
      world.ports,
    );
    expect(world.published).toEqual([]);
  });
});

describe("a customer has changed", () => {
  const onTier = (more: object = {}) =>
    lasting({ trigger: { where: { field: "customer.tier", operator: "equals", value: "gold" } }, ...more });
  const changed = (world: World) => world.published.filter(({ name }) => name === "customer.changed");

  test("fields that no journey reads are not published", async () => {
    const world = new World();
    await world.publish(onTier());
    world.happens("customer.updated", { changes: { country: "DE" } });
    await world.run();
    expect(world.published).toEqual([]);
  });

  test("fields that a journey reads are, by name, not by value", async () => {
    const world = new World();
    await world.publish(onTier());
    world.happens("customer.updated", { id: "e1", changes: { tier: "silver", country: "DE" } });
    await world.run();
    expect(changed(world)).toMatchObject([{ customerId: "c-1", data: { fields: ["customer.tier"], cause: "e1" } }]);
    expect(JSON.stringify(world.published)).not.toContain("silver");
  });

  describe("by hand in the table, with revision and time unchanged", () => {
    const tier = (value: string) => ({ field: "customer.tier", operator: "equals", value });
    const byHand = async (world: World, value: string) => {
      const before = await world.store.customer("c-1");
      const after: Customer = { ...before, attributes: { ...before.attributes, tier: value } };
      world.store.seed(after);
      await evaluateChange({ kind: "customer", before, after }, world.ports);
      await world.run();
    };
    const known = async (document: ReturnType<typeof onTier>) => {
      const world = new World();
      await world.publish(document);
      await matchEvent(eventOf("customer.updated", { changes: { tier: "silver" } }), world.ports);
      await world.run("01-06 10:00");
      return world;
    };

    test("lets a customer enter, and exits a customer", async () => {
      const world = await known(onTier({ exit: [{ id: "lost", where: tier("tin") }] }));
      await byHand(world, "gold");
      expect(await world.only()).toMatchObject({ status: "active", trigger: { time: on("01-06 10:00") } });
      await byHand(world, "tin");
      expect(await world.only()).toMatchObject({ status: "exited", reason: "lost" });
    });

    test("an event from before the entry meets no exit rule", async () => {
      const world = await known(onTier({ exit: [{ id: "bought", event: "order" }] }));
      await matchEvent(eventOf("order", { time: on("01-06 09:00") }), world.ports);
      await byHand(world, "gold");
      expect((await world.only()).status).toBe("active");
    });

    test("each edit is a change of its own", async () => {
      const world = await known(lasting({ trigger: { where: tier("gold"), entry: "always" } }));
      for (const [value, next] of [
        ["gold", "01-07 10:00"],
        ["silver", "01-08 10:00"],
        ["gold", "01-09 10:00"],
      ] as const) {
        await byHand(world, value);
        await world.run(next);
      }
      expect(await world.store.enrollments("c-1")).toHaveLength(2);
    });

    test("reaches a goal only inside its time", async () => {
      const goals = [{ id: "gold", where: tier("gold"), within: "P2D" }];
      const world = await known(lasting({ goals }));
      await world.enter({ changes: {} });
      await world.run("01-08 10:01");
      await byHand(world, "gold");
      expect((await world.only()).goals).toEqual({});
    });
  });

  test("a record that comes days late is applied with the customer as they were after that change", async () => {
    const tier = (value: string) => ({ field: "customer.tier", operator: "equals", value });
    const world = new World();
    await world.publish(
      lasting({
        exit: [
          { id: "lost", where: tier("tin") },
          { id: "won", where: tier("gold") },
        ],
      }),
    );
    await world.enter({ changes: { tier: "silver" } });
    await world.run("01-06 10:00");
    const before = await world.store.customer("c-1");
    const tin: Customer = { ...before, revision: before.revision + 1, attributes: { tier: "tin" } };
    const late = () => evaluateChange({ kind: "customer", before, after: tin }, world.ports);
    world.store.seed({ ...tin, revision: tin.revision + 1, attributes: { tier: "gold" } });
    await late();
    expect(await world.only()).toMatchObject({ status: "exited", reason: "lost" });
  });

  test("an erasure publishes no customer.changed", async () => {
    const world = new World();
    await world.publish(
      lasting({ trigger: { where: { field: "customer.tier", operator: "notExists" }, entry: "always" } }),
    );
    await matchEvent(eventOf("customer.updated", { changes: { tier: "gold" } }), world.ports);
    await world.run();
    const before = world.published.length;
    await matchEvent(eventOf("customer.deleted", { time: on("01-05 10:01") }), world.ports);
    await world.run();
    expect(world.published.slice(before)).toEqual([]);
  });
});

test("if one enrollment fails, the customer's others are still processed", async () => {
  const world = new World();
  const leaving = { exit: [{ id: "out", event: "order" }] };
  for (const id of ["i", "j", "k"]) await world.publish(lasting({ id, ...leaving }));
  await matchEvent(eventOf("start"), world.ports);
  await world.run();
  const { version } = world.journeys;
  world.journeys.version = async (id, number) => (id === "i" ? undefined : version.call(world.journeys, id, number));
  const event = eventOf("order", { time: on("01-05 10:01") });
  await expect(evaluateChange({ kind: "event", event }, world.ports)).rejects.toThrow("is gone");
  const statuses = (await world.store.enrollments("c-1")).map(({ journeyId, status }) => `${journeyId} ${status}`);
  expect(statuses.sort()).toEqual(["i active", "j exited", "k exited"]);
});

test("an exit whose call crashed before the stop: the same event stops the execution again, a later one does not", async () => {
  const world = new World({ still: true });
  const exit = [{ id: "left", event: "leave" }];
  await world.publish(journey({ exit, components: { rest: { type: "wait", for: "P9D" } } }));
  await world.enter();
  await world.run();
  const event = world.happens("leave", { time: on("01-05 10:00") });
  await world.run();
  expect(world.asked).toEqual(["start 1", "stop 1"]);
  await evaluateChange({ kind: "event", event }, world.ports);
  expect(world.asked).toEqual(["start 1", "stop 1", "stop 1"]);
  const later = { ...event, id: "later", time: on("01-05 10:05") };
  await evaluateChange({ kind: "event", event: later }, world.ports);
  await evaluateChange({ kind: "event", event: { ...event, id: "other", name: "other" } }, world.ports);
  expect(world.asked).toEqual(["start 1", "stop 1", "stop 1"]);
  // An edit has removed the rule.
  await world.publish(lasting());
  await evaluateChange({ kind: "event", event: later }, world.ports);
  expect(world.asked).toEqual(["start 1", "stop 1", "stop 1"]);
  await evaluateChange({ kind: "event", event }, world.ports);
  expect(world.asked).toEqual(["start 1", "stop 1", "stop 1", "stop 1"]);
});
