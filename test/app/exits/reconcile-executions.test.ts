/** The reconciler and executions: a start that fails, an execution that is open, and one that has failed. */
import { describe, expect, test } from "vitest";
import { ThrottledError } from "../../../lambdas/app/errors.ts";
import { exitEnrollment } from "../../../lambdas/app/exits/exit-enrollment.ts";
import { failEnrollment } from "../../../lambdas/app/exits/fail-enrollment.ts";
import { reconcile } from "../../../lambdas/app/exits/reconcile.ts";
import { recordMessageStatus } from "../../../lambdas/app/messages/record-message-status.ts";
import type { Executions } from "../../../lambdas/app/ports.ts";
import { awaitSignal } from "../../../lambdas/app/walk/await-signal.ts";
import { journey, lasting, on } from "../../behaviour/scenario-of.ts";
import { World } from "../world.ts";
import { again, enrolled, nothing } from "./enrolled.ts";

describe("a start that fails", () => {
  /** A day of runs in which every start meets the error. */
  async function throttled(error: Error) {
    const { world } = await enrolled();
    const start = async () => Promise.reject(error);
    const ports = { ...world.ports, executions: { ...world.ports.executions, start } };
    for (let hour = 0; hour < 24; hour++) {
      await world.run(`01-06 ${String(hour).padStart(2, "0")}:00`);
      await reconcile(100, ports).catch(() => {});
    }
    return world;
  }

  test.each([new ThrottledError("open executions"), new Error("network")])(
    "(%s) counts as no execution, and the customer goes on when starts work again",
    async (error) => {
      const world = await throttled(error);
      expect(await world.only()).toMatchObject({ status: "active", executions: 2, starting: true });
      await world.run("01-07 06:00");
      expect(await reconcile(100, world.ports)).toEqual(again);
      expect(world.asked.at(-1)).toBe("start 2");
      expect(await world.only()).not.toHaveProperty("starting");
    },
  );

  /** The starts of one run, with twelve customers overdue. */
  async function starting(start: (number: number) => Promise<void>, most = 100) {
    const world = new World({ still: true });
    await world.publish(lasting());
    for (let n = 0; n < 12; n++) await world.enter({ customerId: `c-${n}` });
    await world.run("01-05 11:00");
    let starts = 0;
    const executions = { ...world.ports.executions, start: () => start(++starts) };
    const done = await reconcile(most, { ...world.ports, executions });
    return { starts, restarted: done.restarted };
  }

  test("restarts run four at once", async () => {
    let [running, most] = [0, 0];
    const start = async () => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running--;
    };
    expect(await starting(start)).toEqual({ starts: 12, restarted: 12 });
    expect(most).toBe(4);
  });

  test.each([1, 3, 4, 7])("at most %s in a run, however many run at once", async (most) => {
    expect(await starting(async () => {}, most)).toEqual({ starts: most, restarted: most });
  });

  test("each throttle ends one worker, and no further start is tried when it has ended all", async () => {
    const throttle = async () => {
      throw new ThrottledError("starts");
    };
    expect(await starting(throttle)).toEqual({ starts: 4, restarted: 0 });
  });

  test("one throttle slows the run down, and the others are restarted all the same", async () => {
    const first = async (number: number) => {
      if (number === 1) throw new ThrottledError("starts");
    };
    expect(await starting(first)).toEqual({ starts: 12, restarted: 11 });
  });
});

describe("an execution that is open", () => {
  test("is not joined by a second one while it retries, for as long as advance is switched off", async () => {
    const { world } = await enrolled();
    const ports = { ...world.ports, executions: { ...world.ports.executions, isRunning: async () => true } };
    for (let day = 6; day < 27; day++) {
      await world.run(`01-${String(day).padStart(2, "0")} 12:00`);
      expect(await reconcile(100, ports)).toEqual(nothing);
    }
    expect(world.asked).toEqual(["start 1"]);
    expect(await world.only()).toMatchObject({ status: "active", executions: 1 });
  });

  test("gets the signal again that was lost on its way", async () => {
    const { world, advance } = await enrolled(
      journey({ components: { rest: { type: "waitFor", branches: [{ id: "x", event: "x" }], within: "P99D" } } }),
    );
    const { visit } = (await advance()) as { visit: number };
    await awaitSignal(await world.only(), visit, "TOKEN", world.ports);
    world.ports.executions.signal = async (token) => world.asked.push(`signal ${token}`) > 0;
    await world.run("01-06 10:00");
    const { signal } = world.ports.executions;
    world.ports.executions.signal = async () => Promise.reject(new ThrottledError("signals"));
    world.happens("x");
    await world.run("01-06 10:06");
    world.ports.executions.signal = signal;
    expect(await reconcile(100, world.ports)).toEqual(nothing);
    expect(world.asked).toEqual(["start 1", "signal TOKEN"]);
  });

  test("gets the signal again that was throttled for the report of a message", async () => {
    const components = {
      mail: { type: "sendTemplate", template: "hello", next: "was-read" },
      "was-read": {
        type: "messageStatusRule",
        message: "mail",
        status: "read",
        within: "P9D",
      },
    };
    const { world, advance } = await enrolled(journey({ components }));
    const { visit } = (await advance()) as { visit: number };
    await awaitSignal(await world.only(), visit, "TOKEN", world.ports);
    world.ports.executions.signal = async () => Promise.reject(new ThrottledError("signals"));
    const { customerId, messages } = await world.only();
    const messageId = messages[0]?.messageId ?? "";
    await recordMessageStatus({ customerId, messageId, status: "read", time: on("01-05 11:00") }, world.ports);
    world.ports.executions.signal = async (token) => world.asked.push(`signal ${token}`) > 0;
    await world.run("01-05 11:06");
    expect(await reconcile(100, world.ports)).toEqual(nothing);
    expect(world.asked).toContain("signal TOKEN");
  });
});

describe("a stop that fails", () => {
  const stopping = (world: World, stop: Executions["stop"]) => ({
    ...world.ports,
    executions: { ...world.ports.executions, stop },
  });

  test.each([new ThrottledError("stops"), new Error("network")])(
    "(%s) does not fail the exit; the reconciler stops the execution later",
    async (error) => {
      const { world } = await enrolled();
      const failing = stopping(world, async () => Promise.reject(error));
      await exitEnrollment(await world.only(), "journey-stopped", failing);
      expect(await world.only()).toMatchObject({ status: "exited", reason: "journey-stopped", unstopped: true });
      await reconcile(100, failing).catch(() => {});
      expect(await world.only()).toMatchObject({ unstopped: true });
      expect(await reconcile(100, world.ports)).toEqual({ ...nothing, executionsStopped: 1 });
      expect(world.asked).toEqual(["start 1", "stop 1"]);
      expect(await world.only()).not.toHaveProperty("unstopped");
      expect(await world.only()).not.toHaveProperty("dueAt");
      expect(await reconcile(100, world.ports)).toEqual(nothing);
    },
  );
});

describe("an execution that fails for good", () => {
  test("ends the enrollment with the error's name as the reason", async () => {
    const { world } = await enrolled();
    await failEnrollment(await world.only(), "States.Timeout", world.ports);
    expect(await world.only()).toMatchObject({ status: "failed", reason: "States.Timeout" });
    expect(world.counted().j).toMatchObject({ "failed.States.Timeout": 1 });
  });

  test("changes nothing of an enrollment that has ended", async () => {
    const { world, advance } = await enrolled(journey({ components: { tag: { type: "addTag", tags: ["x"] } } }));
    await advance();
    const ended = await world.only();
    await failEnrollment(ended, "States.Timeout", world.ports);
    expect(await world.only()).toEqual(ended);
  });
});
