/** A save whose next audience run cannot be scheduled: the outcome says so, and the save is published again. */
import { describe, expect, test } from "vitest";
import { publishJourney } from "../../../lambdas/app/publish/publish-journey.ts";
import type { Occurrence } from "../../../lambdas/domain/schedule/occurrence.ts";
import { lasting, on } from "../../behaviour/scenario-of.ts";
import { World } from "../world.ts";

const weekly = (more: object = {}) => lasting({ trigger: { schedule: { cron: "0 10 * * mon" } }, ...more });

function unscheduled() {
  const world = new World();
  const armed: (Occurrence | undefined)[] = [];
  const scheduler = { isDown: true };
  const schedules = {
    armed: async () => undefined,
    arm: async (_: string, next: Occurrence | undefined) => {
      if (scheduler.isDown) throw new Error("EventBridge Scheduler did not answer.");
      armed.push(next);
    },
  };
  const save = (document: object) => publishJourney("j", document, { ...world.ports, schedules });
  return { world, armed, scheduler, save };
}

describe("a journey whose schedule cannot be made", () => {
  test("is told as rejected, with the reason, and the error is thrown", async () => {
    const { world, save } = unscheduled();
    await expect(save(weekly())).rejects.toThrow("its next run could not be scheduled");
    expect(world.journeys.publications.get("j")).toMatchObject({
      state: "rejected",
      version: 1,
      problems: [
        { path: "trigger", code: "not-scheduled", message: expect.stringContaining("The journey is live, but") },
      ],
    });
  });

  test("is published when the save comes again and Scheduler answers", async () => {
    const { world, armed, scheduler, save } = unscheduled();
    await expect(save(weekly())).rejects.toThrow();
    scheduler.isDown = false;
    expect(await save(weekly())).toMatchObject({ state: "published", version: 1, problems: [] });
    expect(world.journeys.publications.get("j")).toMatchObject({ state: "published", version: 1 });
    expect(armed).toEqual([{ at: on("01-05 10:00") }]);
  });

  test("is told so when it is paused, because its old schedule may still start", async () => {
    const { world, scheduler, save } = unscheduled();
    scheduler.isDown = false;
    await save(weekly());
    scheduler.isDown = true;
    await expect(save(weekly({ status: "paused" }))).rejects.toThrow();
    expect(world.journeys.publications.get("j")).toMatchObject({ problems: [{ code: "not-scheduled" }] });
    expect((await world.journeys.live("j"))?.journey.status).toBe("paused");
  });
});

test("a journey without a schedule asks Scheduler for nothing", async () => {
  const { save, armed } = unscheduled();
  expect(await save(lasting())).toMatchObject({ state: "published", problems: [] });
  expect(armed).toEqual([]);
});
