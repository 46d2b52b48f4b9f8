/** An execution may advance an enrollment early, late, repeatedly or concurrently; none of it does harm. */
import { describe, expect, test } from "vitest";
import { ConflictError, PermanentError } from "../../../lambdas/app/errors.ts";
import type { Ports } from "../../../lambdas/app/ports.ts";
import { advanceEnrollment } from "../../../lambdas/app/walk/advance-enrollment.ts";
import { journey, lasting, on } from "../../behaviour/scenario-of.ts";
import { withMethods } from "../with-methods.ts";
import { World } from "../world.ts";

async function still(document: Readonly<Record<string, unknown>>) {
  const world = new World({ still: true });
  await world.publish(document);
  const enrollment = await world.enter();
  return { world, enrollment, advance: (ports = world.ports) => advanceEnrollment(enrollment, ports) };
}

const effects = journey({
  components: {
    tag: { type: "addTag", tags: ["a"], next: "mail" },
    mail: { type: "sendTemplate", template: "hello", next: "set" },
    set: { type: "updateCustomer", set: { seen: 1 }, next: "emit" },
    emit: { type: "emitEvent", event: "noted", next: "rest" },
    rest: { type: "wait", for: "P1D", next: "untag" },
    untag: { type: "removeTag", tags: ["a"] },
  },
});

describe("one call walks as far as the customer goes without waiting", () => {
  test("an enrollment goes to a wait, returns the wait's end, and continues to the end of the journey after it", async () => {
    const { world, advance } = await still(effects);
    expect(await advance()).toEqual({ next: "wait", until: on("01-06 10:00") });
    expect((await world.only()).steps.map(({ componentId }) => componentId)).toEqual([
      "tag",
      "mail",
      "set",
      "emit",
      "rest",
    ]);
    await world.run("01-06 10:00");
    expect(await advance()).toEqual({ next: "done" });
    expect((await world.only()).status).toBe("completed");
  });

  test("a wait for a signal returns the number of the visit", async () => {
    const rest = { type: "waitFor", branches: [{ id: "x", event: "x" }], within: "P1D" };
    const { advance } = await still(
      journey({ components: { tag: { type: "addTag", tags: ["a"], next: "rest" }, rest } }),
    );
    expect(await advance()).toEqual({ next: "awaitSignal", until: on("01-06 10:00"), visit: 1 });
  });

  test("a path of more than 50 components takes two calls", async () => {
    const components = Object.fromEntries(
      Array.from({ length: 120 }, (_, n) => [
        `c${n}`,
        { type: "addTag", tags: [`t${n}`], ...(n < 119 && { next: `c${n + 1}` }) },
      ]),
    );
    const { world, advance } = await still(journey({ components }));
    expect([await advance(), await advance(), await advance()].map(({ next }) => next)).toEqual([
      "continue",
      "continue",
      "done",
    ]);
    expect((await world.store.customer("c-1")).tags).toHaveLength(120);
  });

  test("a path of more than 50 components without any effect takes two calls too", async () => {
    const pick = (n: number) => ({
      type: "condition",
      branches: [{ when: { field: "customer.email", operator: "exists" }, ...(n < 59 && { next: `c${n + 1}` }) }],
    });
    const components = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`c${n}`, pick(n)]));
    const { world, advance } = await still(journey({ components }));
    expect([await advance(), await advance()].map(({ next }) => next)).toEqual(["continue", "done"]);
    expect((await world.only()).steps).toHaveLength(60);
  });
});

describe("a repeated call", () => {
  test("too early: gives the same answer and changes nothing", async () => {
    const { world, advance } = await still(effects);
    const first = await advance();
    const before = await world.only();
    await world.run("01-06 09:59");
    expect(await advance()).toEqual(first);
    expect(await world.only()).toEqual(before);
    expect(world.sent).toHaveLength(1);
  });

  test("late: the customer goes on", async () => {
    const { world, advance } = await still(effects);
    await advance();
    await world.run("01-09 10:00");
    expect(await advance()).toEqual({ next: "done" });
  });

  test('after the end: gives "done" and changes nothing', async () => {
    const { world, advance } = await still(effects);
    await advance();
    await world.run("01-06 10:00");
    await advance();
    const ended = await world.only();
    expect(await advance()).toEqual({ next: "done" });
    expect(await world.only()).toEqual(ended);
  });

  test.each([2, 5])("%s calls at once: every effect happens once", async (n) => {
    const { world, advance } = await still(effects);
    await Promise.all(Array.from({ length: n }, () => advance()));
    await world.run();
    expect(world.sent).toHaveLength(1);
    expect(world.published.filter(({ name }) => name === "noted")).toHaveLength(1);
    expect((await world.only()).steps.map(({ componentId }) => componentId)).toEqual([
      "tag",
      "mail",
      "set",
      "emit",
      "rest",
    ]);
    expect(world.counted()).toEqual(world.recount());
  });
});

describe("enrollments that must not go on", () => {
  test("an unknown enrollment: done", async () => {
    const { world } = await still(effects);
    expect(await advanceEnrollment({ customerId: "c-1", enrollmentId: "none" }, world.ports)).toEqual({ next: "done" });
  });

  test("a customer in a stopped journey: exits before any component", async () => {
    const { world, advance } = await still(effects);
    const live = await world.journeys.live("j");
    if (!live) throw new Error("not live");
    const publication = { state: "published", version: 1, at: world.clock.now(), problems: [] } as const;
    await world.journeys.publish("j", { version: 1, journey: { ...live.journey, status: "stopped" } }, publication);
    expect(await advance()).toEqual({ next: "done" });
    expect(await world.only()).toMatchObject({ status: "exited", reason: "journey-stopped", steps: [] });
    expect(world.sent).toEqual([]);
  });

  test("a customer whose version is gone: a permanent error, and no change", async () => {
    const { world, enrollment } = await still(effects);
    const ports: Ports = { ...world.ports, journeys: new World().journeys };
    await expect(advanceEnrollment(enrollment, ports)).rejects.toThrow(PermanentError);
    expect((await world.only()).steps).toEqual([]);
  });

  test("a customer at a component that their version does not have: fails with a reason", async () => {
    const { world, enrollment, advance } = await still(effects);
    const position = { ...enrollment.position, componentId: "gone" };
    const current = await world.only();
    await world.store.commit([
      { kind: "enrollment", enrollment: { ...current, position, revision: current.revision + 1 } },
    ]);
    expect(await advance()).toEqual({ next: "done" });
    expect(await world.only()).toMatchObject({ status: "failed", reason: "unknown-component" });
  });
});

describe("an exit in the middle of a walk", () => {
  test("between the decision and the claim: the component has no effect", async () => {
    const { world, advance } = await still(effects);
    const events = world.ports.store;
    let first = true;
    const ports: Ports = {
      ...world.ports,
      templates: withMethods(world.templates, {
        get: async (id: string) => {
          // At the last moment before the claim, the customer is deleted.
          if (first) {
            first = false;
            const current = await world.only();
            const { position, ...rest } = current;
            await events.commit([
              {
                kind: "enrollment",
                enrollment: { ...rest, position, status: "exited", reason: "left", revision: current.revision + 1 },
              },
            ]);
          }
          return world.templates.get(id);
        },
      }),
    };
    expect(await advance(ports)).toEqual({ next: "done" });
    expect(world.sent).toEqual([]);
    expect(await world.only()).toMatchObject({ status: "exited", reason: "left" });
  });

  test("a customer who unsubscribes between the decision and the claim gets no message", async () => {
    const { world, advance } = await still(effects);
    let first = true;
    const ports: Ports = {
      ...world.ports,
      templates: withMethods(world.templates, {
        get: async (id: string) => {
          if (first) {
            first = false;
            const customer = await world.store.customer("c-1");
            const attributes = { ...customer.attributes, unsubscribed: true };
            await world.store.commit([
              { kind: "customer", customer: { ...customer, attributes, revision: customer.revision + 1 } },
            ]);
          }
          return world.templates.get(id);
        },
      }),
    };
    await advance(ports);
    expect(world.sent).toEqual([]);
    expect((await world.only()).steps).toMatchObject([
      {},
      { componentId: "mail", outcome: "skipped", reason: "unsubscribed" },
      {},
      {},
      {},
    ]);
  });
});

test("a call gives up when another writer is always faster", async () => {
  const { world, advance } = await still(lasting());
  let tries = 0;
  const ports: Ports = {
    ...world.ports,
    store: {
      ...world.ports.store,
      enrollment: (ref) => world.store.enrollment(ref),
      customer: (id) => world.store.customer(id),
      commit: async () => {
        tries++;
        throw new ConflictError("always");
      },
    },
  };
  await expect(advance(ports)).rejects.toThrow(ConflictError);
  expect(tries).toBe(50);
});
