/** The reads of the store about one customer: their items, and the events of a name. */
import { describe, expect, test } from "vitest";
import { unknownCustomer } from "../../lambdas/domain/customer/customer.ts";
import { emptySendLog } from "../../lambdas/domain/messages/send-log.ts";
import { storedId } from "../../lambdas/domain/values/event-identity.ts";
import type { Json } from "../../lambdas/domain/values/json.ts";
import { EARLIER, enrolled, LATER, NOW } from "../domain/enrolled.ts";
import { customer, enrollment, entry, event, over, sends } from "./world/given.ts";
import type { MakeWorld, World } from "./world/ports.ts";

const BEFORE = "2026-01-05T10:59:59.999Z";
const AFTER = "2026-01-05T11:00:00.001Z";
/** Four items with this text are more than one page of a query. */
const MUCH = "x".repeat(300_000);

export function describeReads(make: MakeWorld): void {
  test("an unknown customer has an empty profile, an empty send log, and nothing else", async () => {
    const { store } = await make();
    await store.commit([{ ...event("a"), kind: "event" } as ReturnType<typeof event>]);
    expect(await store.customer("c-2")).toEqual(unknownCustomer("c-2"));
    expect(await store.sendLog("c-2")).toEqual(emptySendLog("c-2"));
    expect(await store.enrollment({ customerId: "c-2", enrollmentId: "e" })).toBeUndefined();
    expect(await store.enrollments("c-2")).toEqual([]);
    expect(await store.entry("c-2", "j", undefined)).toBeUndefined();
    expect(await store.event("c-2", "a")).toBeUndefined();
    expect(await store.events("c-2", "visit", "")).toEqual([]);
  });

  test("the items of one customer are not those of another", async () => {
    const { store } = await make();
    const all = [customer(1), sends(1), enrollment(1), entry(1), event("a")];
    await store.commit(all);
    await store.commit([
      customer(1, { customerId: "c-10", hops: 3 }),
      sends(1, [], "c-10"),
      enrollment(1, { customerId: "c-10", enrollmentId: "e-10" }),
      entry(1, undefined, { customerId: "c-10", count: 7 }),
      event("a", { customerId: "c-10", time: LATER }),
    ]);
    expect((await store.customer("c-10")).hops).toBe(3);
    expect((await store.customer("c-1")).hops).toBe(0);
    expect((await store.sendLog("c-1")).sends).toHaveLength(1);
    expect((await store.enrollments("c-1")).map(({ enrollmentId }) => enrollmentId)).toEqual(["e"]);
    expect((await store.entry("c-1", "j", undefined))?.count).toBe(1);
    expect((await store.event("c-1", "a"))?.time).toBe(NOW);
    expect(await store.events("c-1", "visit", "")).toHaveLength(1);
  });

  test("an event is read exactly as it was stored, with any JSON in its data", async () => {
    const { store } = await make();
    const data = {
      nothing: null,
      empty: "",
      list: [1, "1", [], {}],
      "a.b": { é: "\u{1f600}" },
      large: 1e21,
      small: -0.5,
    };
    const said = event("a", { data, changes: { email: null, tags: { add: ["x"] } }, hops: 2, system: true });
    await store.commit([said]);
    expect(await store.event("c-1", "a")).toEqual(said.kind === "event" && said.event);
    expect(await store.events("c-1", "visit", "")).toEqual([said.kind === "event" && said.event]);
  });

  test.each<[string, Json | undefined]>([
    ["no key", undefined],
    ["an empty text", ""],
    ["null", null],
    ["a number", 1],
    ["the same number as a text", "1"],
    ["true", true],
    ["an object", { a: 1, b: 2 }],
  ])("entries are counted apart for %s", async (_, key) => {
    const { store } = await make();
    const keys = [undefined, "", null, 1, "1", true, { a: 1, b: 2 }];
    const others = keys.filter((other) => JSON.stringify(other) !== JSON.stringify(key));
    await store.commit(others.map((other) => entry(1, other)));
    await store.commit([entry(1, key, { journeyId: "j-2" })]);
    expect(await store.entry("c-1", "j", key)).toBeUndefined();
    await store.commit([entry(1, key)]);
    expect(await store.entry("c-1", "j", key)).toMatchObject({ journeyId: "j", count: 1 });
  });

  test("the order of a key's members makes no difference", async () => {
    const { store } = await make();
    await store.commit([entry(1, { a: 1, b: 2 })]);
    expect(await store.entry("c-1", "j", { b: 2, a: 1 })).toMatchObject({ count: 1 });
  });

  describe("events", () => {
    const times = { at: LATER, before: BEFORE, after: AFTER, early: EARLIER };
    const stored = async (): Promise<World> => {
      const world = await make();
      for (const [id, time] of Object.entries(times)) await world.store.commit([event(id, { time })]);
      for (const name of ["visi", "visit-2", "visit.2", "Visit", "visit2"])
        await world.store.commit([event(name, { time: AFTER }, name)]);
      return world;
    };

    test.each([
      ["ever", "", ["early", "before", "at", "after"]],
      ["after the earliest", EARLIER, ["before", "at", "after"]],
      ["after a moment between two", NOW, ["before", "at", "after"]],
      ["after the moment just before one", BEFORE, ["at", "after"]],
      ["after the moment of one, which is not among them", LATER, ["after"]],
      ["after the latest", AFTER, []],
    ])("of a name that happened %s, in order of time", async (_, after, expected) => {
      const { store } = await stored();
      expect((await store.events("c-1", "visit", after)).map(({ id }) => id)).toEqual(expected);
    });

    test("are found by id, whenever they happened", async () => {
      const { store } = await stored();
      for (const [id, time] of Object.entries(times)) expect(await store.event("c-1", id)).toMatchObject({ id, time });
    });
  });

  test("events with one id and two names are read apart", async () => {
    const { store } = await make();
    const [visit, order] = [event("a"), event("a", { sharesId: true, time: LATER }, "order")];
    await store.commit([visit]);
    await store.commit([order]);
    const id = storedId({ id: "a", name: "order", sharesId: true });
    expect([await store.event("c-1", "a"), await store.event("c-1", id)]).toEqual([
      visit.kind === "event" && visit.event,
      order.kind === "event" && order.event,
    ]);
    expect(await store.events("c-1", "order", "")).toHaveLength(1);
    expect(await store.event("c-1", "order a")).toBeUndefined();
  });

  describeLongReads(make);
}

/** Reads whose result may be longer than one page. */
export function describeLongReads(make: MakeWorld): void {
  test("all events of a name are returned, however large they are", async () => {
    const { store } = await make();
    const all = ["a", "b", "c", "d", "e"];
    for (const id of all)
      await store.commit([event(id, { time: `2026-01-05T0${all.indexOf(id)}:00:00.000Z`, data: { MUCH } })]);
    expect((await store.events("c-1", "visit", "")).map(({ id }) => id)).toEqual(all);
  });

  test("all enrollments of a customer are returned, also ended and large ones", async () => {
    const { store } = await make();
    const all = ["a", "b", "c", "d", "e"];
    for (const enrollmentId of all) await store.commit([enrollment(1, { enrollmentId, reason: MUCH })]);
    await store.commit([enrollment(2, { enrollmentId: "a", status: "completed" })]);
    const found = await store.enrollments("c-1");
    expect(found.map(({ enrollmentId, status }) => `${enrollmentId} ${status}`).sort()).toEqual([
      "a completed",
      "b active",
      "c active",
      "d active",
      "e active",
    ]);
  });

  test("the open enrollments of a customer are those that are not closed", async () => {
    const { store } = await make();
    const all = ["0", "a", "b", "y", "z"];
    const ended = (enrollmentId: string) => enrolled({ enrollmentId, reason: MUCH, ...over });
    for (const enrollmentId of all) await store.commit([{ kind: "enrollment", enrollment: ended(enrollmentId) }]);
    await store.commit([enrollment(1, { enrollmentId: "a", customerId: "c-2" })]);
    for (const enrollmentId of ["0", "b", "z"])
      await store.commit([{ kind: "closing", enrollment: ended(enrollmentId) }]);
    const idsOf = (found: readonly { enrollmentId: string }[]) => found.map(({ enrollmentId }) => enrollmentId).sort();
    expect(idsOf(await store.openEnrollments("c-1"))).toEqual(["a", "y"]);
    expect(idsOf(await store.enrollments("c-1"))).toEqual(all);
    expect(idsOf(await store.openEnrollments("c-2"))).toEqual(["a"]);
    const read = (enrollmentId: string) => store.enrollment({ customerId: "c-1", enrollmentId });
    expect(await read("b")).toMatchObject({ enrollmentId: "b", closed: true });
    expect(await read("y")).not.toHaveProperty("closed");
  });
}
