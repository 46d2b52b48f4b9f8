/** Stops a journey with 10,000 customers inside (a tenth of them in `npm test`) while all of them are due for a message. */
import { expect, test } from "vitest";
import { PermanentError } from "../../../lambdas/app/errors.ts";
import { publishJourney } from "../../../lambdas/app/publish/publish-journey.ts";
import { journey } from "../../behaviour/scenario-of.ts";
import { crowd, ofACrowd } from "../../crowd.ts";
import { type CallCounts, watched } from "../calls.ts";
import { World } from "../world.ts";

const PEOPLE = crowd(10_000);

test(
  `all ${PEOPLE} exit, no customer gets a message once the stop is live, and each exit costs a read, a write and a stop`,
  ofACrowd,
  async () => {
    const world = new World();
    const document = journey({
      start: "hold",
      components: {
        hold: { type: "wait", for: "PT1H", next: "mail" },
        mail: { type: "sendTemplate", template: "hello" },
      },
    });
    await world.publish(document);
    for (let person = 0; person < PEOPLE; person++)
      world.happens("start", { customerId: `c-${person}`, changes: { email: `c-${person}@mail.example` } });
    await world.run("01-05 10:59");
    const calls: CallCounts = {};
    const ports = watched(world.ports, (call, make) => {
      calls[call] = (calls[call] ?? 0) + 1;
      return make();
    });

    // The waits end while customers are being exited one by one.
    const stopped = publishJourney("j", { ...document, status: "stopped" }, ports);
    await world.run("01-05 11:30");
    await stopped;

    expect(world.sent).toEqual([]);
    expect(world.counted()).toEqual(world.recount());
    expect(world.counted().j).toMatchObject({ entered: PEOPLE, exited: PEOPLE, "exited.journey-stopped": PEOPLE });
    expect(world.counted().j).not.toHaveProperty("active");
    // A customer who exited at their next step already costs no write.
    expect(calls["store.enrollment"]).toBeLessThanOrEqual(PEOPLE);
    expect(calls["store.commit"]).toBeLessThanOrEqual(PEOPLE);
    expect(calls["executions.stop"]).toBeLessThanOrEqual(PEOPLE);
  },
);

test("if one enrollment cannot be stored, the others still exit, and the error is thrown", async () => {
  const world = new World();
  const document = journey({ start: "hold", components: { hold: { type: "wait", for: "PT1H" } } });
  await world.publish(document);
  for (const customerId of ["c-0", "c-1", "c-2"]) world.happens("start", { customerId });
  await world.run("01-05 10:10");
  const { store } = world.ports;
  const commit: typeof store.commit = async (changes) => {
    if (changes.some((change) => change.kind === "enrollment" && change.enrollment.customerId === "c-1"))
      throw new PermanentError("too large");
    await store.commit(changes);
  };
  const ports = { ...world.ports, store: Object.assign(Object.create(store), { commit }) };
  await expect(publishJourney("j", { ...document, status: "stopped" }, ports)).rejects.toThrow("too large");
  expect(world.counted().j).toMatchObject({ entered: 3, exited: 2, active: 1 });
});
