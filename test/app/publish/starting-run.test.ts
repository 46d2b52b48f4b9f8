/** A save just after an occurrence of the journey's schedule, which EventBridge Scheduler starts up to a minute late. */
import { expect, test } from "vitest";
import { publishJourney } from "../../../lambdas/app/publish/publish-journey.ts";
import type { Occurrence } from "../../../lambdas/domain/schedule/occurrence.ts";
import { lasting, on } from "../../behaviour/scenario-of.ts";
import { World } from "../world.ts";

const weekly = (more: object = {}) => lasting({ trigger: { schedule: { cron: "30 10 * * mon" } }, ...more });
const text = weekly({ description: "Another text" });
const [due, next] = [on("01-05 10:30"), on("01-12 10:30")];
const twice = lasting({ trigger: { schedule: { cron: "30 10 * * mon,tue" } } });
const onceOn = (at: string) => lasting({ trigger: { schedule: { at } } });

/** The world begins half an hour before the occurrence. */
test.each<[string, object, object, string, string | undefined]>([
  ["a save before the occurrence", weekly(), text, "01-05 10:29:59", due],
  ["a save at the time of the occurrence", weekly(), text, "01-05 10:30", due],
  ["a save half a minute later", weekly(), text, "01-05 10:30:30", due],
  ["a save a minute later", weekly(), text, "01-05 10:31", next],
  ["a save that pauses the journey", weekly(), weekly({ status: "paused" }), "01-05 10:30:30", undefined],
  ["a save that changes the next occurrence", weekly(), twice, "01-05 10:30:30", on("01-06 10:30")],
  [
    "a save that moves the occurrence",
    onceOn("2026-01-05T10:30"),
    onceOn("2026-01-05T10:40"),
    "01-05 10:30:30",
    on("01-05 10:40"),
  ],
  [
    "a save of a schedule with one time",
    onceOn("2026-01-05T10:30"),
    { ...onceOn("2026-01-05T10:30"), name: "K" },
    "01-05 10:30:30",
    due,
  ],
  ["a save that makes a paused journey active", weekly({ status: "paused" }), weekly(), "01-05 10:30:30", next],
])("%s: the occurrence that is armed then is the right one", async (_, before, after, at, expected) => {
  const world = new World();
  const armed = new Map<string, Occurrence>();
  const schedules = {
    armed: async () => armed.get("j"),
    arm: async (_: string, occurrence: Occurrence | undefined) => {
      if (occurrence) armed.set("j", occurrence);
      else armed.delete("j");
    },
  };
  const save = (document: object) => publishJourney("j", { ...document }, { ...world.ports, schedules });
  await save(before);
  world.clock.plan(on(at), "world", async () => void (await save(after)));
  await world.clock.run(on(at));
  expect(armed.get("j")?.at).toBe(expected);
});
