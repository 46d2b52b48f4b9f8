/** Some random schedules of `npm run faults`, always the same ones, and tests that the laws detect violations. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkJourney } from "../../lambdas/domain/checks/check-journey.ts";
import { MemoryStore } from "../../simulator/memory-store.ts";
import { live, liveThrough } from "./live.ts";
import { broken, quiet } from "./quiet-schedule.ts";
import { randomSchedule, type Schedule } from "./schedules.ts";
import { faultKinds } from "./services/faults.ts";
import { QuotaError } from "./services/quotas.ts";

test("no random schedule breaks a law, and every kind of fault has struck", { timeout: 60_000 }, async () => {
  const { broken, schedules, struck, texts, answers } = await liveThrough(1, 40);
  expect(broken).toBeUndefined();
  expect(schedules).toBe(40);
  expect(faultKinds.filter((kind) => (struck[kind] ?? 0) === 0)).toEqual([]);
  expect(texts).toBeGreaterThan(0);
  expect(answers).toBeGreaterThan(0);
});

test("the journeys of random schedules are valid, with text channels and without", () => {
  for (const { scenario } of fc.sample(randomSchedule, { seed: 1, numRuns: 100 })) {
    const known = new Set((scenario.templates ?? []).map(({ id }) => String(id)));
    for (const journey of scenario.journeys ?? []) expect(checkJourney(journey, known)).toHaveProperty("value");
  }
});

test("a schedule runs the same way every time", async () => {
  const faults = [
    { kind: "crash-after", from: 9, seconds: 0 },
    { kind: "twin", from: 0, seconds: 0 },
  ] as const;
  const lives = [1, 2].map(async () => {
    const { scheduler, ledger, store } = await live({ ...quiet, faults, interleaving: 77 });
    return JSON.stringify([scheduler.steps, ledger.sent, [...store.all()].map((of) => [...of.enrollments.values()])]);
  });
  const [first, second] = await Promise.all(lives);
  expect(second).toBe(first);
});

test("a crowd exits at once, and stops are throttled: no record is given up, and no customer is stuck", async () => {
  const ids = Array.from({ length: 40 }, (_, n) => `p${n}`);
  const at = (hour: string, event: string) =>
    ids.map((customerId) => ({ at: `2026-03-25T${hour}:00:00Z`, event, id: `${event}-${customerId}`, customerId }));
  const crowd = {
    ...quiet.scenario,
    customers: ids.map((customerId) => ({ customerId })),
    events: [...at("00", "a"), ...at("01", "b")],
  };
  const { ledger, buckets } = await live({
    ...quiet,
    scenario: crowd,
    quotas: { "executions.stop": { burst: 5, perSecond: 1 / 60 } },
  });
  expect(ledger.violations).toEqual([]);
  expect(buckets.throttled["executions.stop"]).toBeGreaterThanOrEqual(35);
});

/** The tests break the system on purpose; the laws must detect it. */
describe("the laws detect", () => {
  test("nothing in a correct run", async () => {
    expect(await broken(() => {})).toBe("");
  });

  test("a message that is sent twice", async () => {
    const seen = await broken((world) => {
      const { send } = world.ledger;
      world.ledger.send = (message, claim) => {
        send.call(world.ledger, message, claim);
        send.call(world.ledger, message, claim);
      };
    });
    expect(seen).toContain("a marketing message was sent 2 times");
  });

  test("an active enrollment that met an exit, and a goal that is not counted", async () => {
    const seen = await broken((world) => {
      const { enrollments } = world.store;
      const blind = () => world.scheduler.now() >= "2026-03-25T00:30";
      world.store.enrollments = async (id) => (blind() ? [] : enrollments.call(world.store, id));
    });
    expect(seen).toContain("and is inside");
    expect(seen).toContain("is not counted");
  });

  const edited = (status: string, hour: string): Schedule => {
    const [journey] = quiet.scenario.journeys ?? [];
    const edits = [{ at: `2026-03-25T${hour}:00:00Z`, journey: { ...(journey as object), status } }];
    return { ...quiet, scenario: { ...quiet.scenario, events: quiet.scenario.events?.slice(0, 1), edits } };
  };

  test("a step in a held journey", async () => {
    const seen = await broken(
      (world) =>
        world.scheduler.at("2026-03-25T02:00:00.000Z", () =>
          world.deliveries.deliver("people", async () => {
            const [enrollment] = await world.store.enrollments("p");
            if (!enrollment) return;
            const { position, revision } = enrollment;
            const onward = {
              ...enrollment,
              position: { ...position, visit: position.visit + 1 },
              revision: revision + 1,
            };
            await world.ledger.watching.commit([{ kind: "enrollment", enrollment: onward }]);
          }),
        ),
      edited("held", "01"),
    );
    expect(seen).toContain("nobody takes a step while the journey is held");
  });

  test("a customer exits by a stop, and the journey was never stopped", async () => {
    const seen = await broken(
      (world) =>
        world.scheduler.at("2026-03-25T02:00:00.000Z", () =>
          world.deliveries.deliver("people", async () => {
            const [enrollment] = await world.store.enrollments("p");
            if (!enrollment) return;
            const out = { status: "exited", reason: "journey-stopped", revision: enrollment.revision + 1 } as const;
            await world.ledger.watching.commit([{ kind: "enrollment", enrollment: { ...enrollment, ...out } }]);
          }),
        ),
      edited("held", "01"),
    );
    expect(seen).toContain("nobody is thrown out");
  });

  test("a customer inside who met the rule of an edit while a function had the older view", async () => {
    const [entry] = quiet.scenario.events ?? [];
    const [journey] = quiet.scenario.journeys ?? [];
    if (!entry || !journey) throw new Error("The schedule has no event or no journey.");
    const events = [entry, { ...entry, at: "2026-03-25T01:00:02Z", event: "c", id: "2" }];
    const edits = [{ at: "2026-03-25T01:00:00Z", journey: { ...journey, exit: [{ id: "late", event: "c" }] } }];
    const schedule = { ...quiet, scenario: { ...quiet.scenario, events, edits } };
    const { calls } = (await live(schedule)).faults;
    const from = calls.indexOf("journeys.catalog", calls.indexOf("publishing.publish"));
    const missed: Schedule = { ...schedule, faults: [{ kind: "stale-journeys", from, seconds: 0 }] };
    expect(await broken(() => {}, missed)).toBe("");
    // The recheck finds nobody.
    const seen = await broken((world) => {
      world.store.openEnrollment = async () => undefined;
    }, missed);
    expect(seen).toContain("what happens after an edit meets its rules");
  });

  test("a stuck customer", async () => {
    const staying = { ...quiet, scenario: { ...quiet.scenario, events: quiet.scenario.events?.slice(0, 1) } };
    const seen = await broken((world) => {
      world.executions.start = async () => {};
    }, staying);
    expect(seen).toContain("nobody is stuck");
  });

  test("an enrollment that goes on after its end", async () => {
    const seen = await broken((world) =>
      world.scheduler.at("2026-03-25T02:00:00.000Z", async () => {
        const [enrollment] = await world.store.enrollments("p");
        if (enrollment)
          await world.ledger.watching.commit([
            { kind: "enrollment", enrollment: { ...enrollment, status: "active", revision: enrollment.revision + 1 } },
          ]);
      }),
    );
    expect(seen).toContain("it went on after its end");
    expect(seen).toContain("counters equal the recount");
  });

  test("a delivery that is given up although AWS only throttled it", async () => {
    const seen = await broken((world) =>
      world.deliveries.deliver("queue", async () => {
        if (world.scheduler.now() < "2026-03-25T00:30") throw new QuotaError("executions.stop");
      }),
    );
    expect(seen).toContain("no delivery is given up that AWS only throttled");
  });

  test("an event that is lost", async () => {
    const seen = await broken((world) => {
      const { commit } = MemoryStore.prototype;
      world.store.commit = async (changes) =>
        changes.some(({ kind }) => kind === "event") ? undefined : commit.call(world.store, changes);
    });
    expect(seen).toContain("1 of p is lost");
  });
});
