/** Migrations under faults: at many moments, between all callers, and dying anywhere. And tests that the laws detect violations. */
import { describe, expect, test } from "vitest";
import { decideMove } from "../../../lambdas/domain/migration/decide-move.ts";
import { live, liveThrough } from "../live.ts";
import { changedByMove } from "../migration-laws.ts";
import { hours, lifeOf, type Schedule } from "../schedules.ts";
import type { Fault } from "../services/faults.ts";
import { FaultWorld } from "../world.ts";

test("no random migration breaks a law", { timeout: 60_000 }, async () => {
  const { broken, schedules } = await liveThrough(3, 20, { of: "migrations" });
  expect(broken).toBeUndefined();
  expect(schedules).toBe(20);
});

/** A mail, four hours, a second mail, an order within twelve hours, a third mail. */
const before = {
  first: { type: "sendTemplate", template: "t-1", next: "rest" },
  rest: { type: "wait", for: "PT4H", next: "second" },
  second: { type: "sendTemplate", template: "t-2", next: "order" },
  order: {
    type: "waitFor",
    branches: [{ id: "came", event: "b", next: "third" }],
    within: "PT12H",
    otherwise: "third",
  },
  third: { type: "sendTemplate", template: "t-3" },
};
/** The second mail has another id, more time to order, and there is a fourth mail. */
const { second, ...others } = before;
const after = {
  ...others,
  rest: { ...before.rest, next: "middle" },
  middle: second,
  order: { ...before.order, within: "P2D" },
  third: { ...before.third, next: "pause" },
  pause: { type: "wait", for: "PT2H", next: "fourth" },
  fourth: { type: "sendTemplate", template: "t-4" },
};
const journey = { id: "j", name: "J", status: "active", trigger: { event: "a" }, start: "first", components: before };

function schedule(more: Partial<Schedule> = {}, components: object = after): Schedule {
  return {
    scenario: {
      journeys: [journey],
      templates: ["t-1", "t-2", "t-3", "t-4"].map((id) => ({
        id,
        channel: "email",
        class: "marketing",
        subject: "x",
        text: "x",
      })),
      customers: ["p", "q"].map((customerId) => ({ customerId, email: `${customerId}@mail.example` })),
      events: [
        ...["p", "q"].map((customerId) => ({ at: hours(0), event: "a", id: `in-${customerId}`, customerId })),
        { at: hours(6), event: "b", id: "order", customerId: "q" },
      ],
      edits: [{ at: hours(1), journey: { ...journey, components } }],
    },
    faults: [],
    interleaving: 0,
    reports: [[["delivered", 1]]],
    unsubscribes: [],
    ...more,
  };
}

const map = { second: "middle" };
/** Just when a wait ends and a mail is sent, between, and at the end. */
const moments = [2, 4, 4.0005, 4.001, 4.02, 5, 6, 6.0005, 16, 16.001];

describe("a migration at any moment", () => {
  test.each(moments)("after %s hours, twice and between all callers: every mail comes once", async (hour) => {
    for (const interleaving of [0, 5, 77]) {
      const migrations = [hour, hour + 0.0003].map((each) => ({ at: hours(each), to: 2, map }));
      const world = await live(schedule({ migrations, interleaving }));
      expect(world.ledger.violations).toEqual([]);
      for (const customerId of ["p", "q"]) {
        const [enrollment] = await world.store.enrollments(customerId);
        const fourth = enrollment?.journeyVersion === 2 ? ["t-4"] : [];
        const mails = world.ledger.sent.filter(({ claim }) => claim.customerId === customerId);
        expect(mails.map(({ message }) => message.template)).toEqual(["t-1", "t-2", "t-3", ...fourth]);
        expect(enrollment?.status).toBe("completed");
      }
      if (hour < 6) expect(world.ledger.moved).toBeGreaterThan(0);
    }
  });

  test("that dies at any of its calls, and is repeated", async () => {
    const migrations = [{ at: hours(4), to: 2, map }];
    const { calls } = (await live(schedule({ migrations }))).faults;
    const first = calls.indexOf("store.inside");
    let moved = 0;
    for (let from = first; from < calls.length && from < first + 40; from += 3)
      for (const kind of ["crash-before", "crash-after"] as const) {
        const faults: Fault[] = [{ kind, from, seconds: 0 }];
        const { ledger, store } = await live(schedule({ migrations, faults }));
        expect(ledger.violations).toEqual([]);
        for (const customerId of ["p", "q"]) expect((await store.enrollments(customerId))[0]?.status).toBe("completed");
        moved += ledger.moved;
      }
    expect(moved).toBeGreaterThan(10);
  });
});

/** The tests break the migration on purpose; the laws must detect it. */
describe("the laws detect", () => {
  const broken = async (components: object, spoil = true) => {
    const world = new FaultWorld(lifeOf(schedule({}, components)));
    world.scheduler.at(hours(2), () =>
      world.deliveries.deliver("people", async () => {
        const [enrollment] = await world.store.enrollments("p");
        const [old, next] = [await world.journeys.version("j", 1), await world.journeys.version("j", 2)];
        if (!enrollment || !old || !next) return;
        const versions = { old, next: spoil ? old : next, renames: new Map() };
        const decision = decideMove(enrollment, versions, { to: 2, now: hours(2) });
        if (decision.kind === "stays") return;
        const moved = { ...decision.enrollment, revision: enrollment.revision + 1 };
        await world.ledger.watching.commit([{ kind: "enrollment", enrollment: moved }]);
      }),
    );
    await world.live();
    return world.ledger.violations.join("\n");
  };
  const again = {
    ...before,
    third: { ...before.third, next: "again" },
    again: { type: "sendTemplate", template: "t-1" },
  };
  const { first: _, ...rest } = again;
  const postponed = { ...rest, first: { type: "wait", for: "PT1H", next: "rest" } };
  const more = {
    ...before,
    first: { ...before.first, next: "more" },
    more: { type: "sendTemplate", template: "t-4", next: "rest" },
  };

  test("nothing where the customer stays, or moves rightly", async () => {
    expect(await broken(postponed, false)).toBe("");
    expect(await broken(more, false)).toBe("");
    expect(await broken({ ...before, rest: { ...before.rest, for: "PT9H" } }, false)).toBe("");
  });

  test("a message that comes again", async () => {
    expect(await broken(postponed)).toContain("a migrated customer gets no message again");
  });

  test("a message that is left out", async () => {
    expect(await broken(more)).toContain("a migrated customer misses no message");
  });

  test("a move that changes more than the version, or that comes while a message is sent", async () => {
    const world = await live(schedule());
    const [enrollment] = await world.store.enrollments("p");
    if (!enrollment) throw new Error("The customer did not enter.");
    const inside = { ...enrollment, status: "active" as const };
    const moved = { ...inside, journeyVersion: 2 };
    expect(changedByMove(inside, moved)).toBeUndefined();
    expect(changedByMove(inside, { ...moved, messages: [] })).toContain("changed");
    expect(changedByMove(enrollment, { ...enrollment, journeyVersion: 2 })).toContain("after its end");
    const claimed = { ...inside, position: { ...inside.position, claim: "m" } };
    expect(changedByMove(claimed, { ...claimed, journeyVersion: 2 })).toContain("while a message was claimed");
  });
});
