/** Reports that trip the circuit breaker: repeated, at the same time, with a crash, and after a release. */
import { expect, test } from "vitest";
import { handleDeliveryReport } from "../../../lambdas/app/messages/handle-delivery-report.ts";
import { releaseMarketing } from "../../../lambdas/app/messages/release-marketing.ts";
import type { Ports } from "../../../lambdas/app/ports.ts";
import { journey, on } from "../../behaviour/scenario-of.ts";
import { World } from "../world.ts";

/** The journey has sent a hundred messages. */
async function crowd() {
  const world = new World();
  await world.publish(journey({ components: { mail: { type: "sendTemplate", template: "hello" } } }));
  for (let n = 0; n < 100; n++)
    world.happens("start", { id: `e-${n}`, customerId: `c-${n}`, changes: { email: `c-${n}@shop.example` } });
  await world.run();
  const complains = (n: number, ports: Ports = world.ports) => {
    const claim = world.sent[n]?.claim ?? expect.fail();
    const { customerId, messageId } = claim;
    return handleDeliveryReport({ customerId, messageId, status: "complained", time: on("01-05 11:00") }, ports);
  };
  const held = () => world.ports.breakers.hold("j");
  return { world, complains, held };
}

test("the fifth complaint of a hundred messages trips the breaker, and every later report returns it again", async () => {
  const { complains, held } = await crowd();
  for (let n = 0; n < 4; n++) expect(await complains(n)).toEqual([]);
  expect(await held()).toBeUndefined();
  expect(await complains(4)).toMatchObject([{ journeyId: "j", kind: "complaints", reports: 5, sent: 100 }]);
  expect(await complains(5)).toMatchObject([{ journeyId: "j", reports: 5 }]);
  expect(await held()).toMatchObject({ reports: 5 });
});

test("a repeated report counts once", async () => {
  const { complains, held } = await crowd();
  for (let n = 0; n < 4; n++) for (let again = 0; again < 3; again++) await complains(n);
  expect(await held()).toBeUndefined();
});

test("when a call crashes between the report and the breaker, the retry trips the breaker", async () => {
  const { world, complains, held } = await crowd();
  for (let n = 0; n < 4; n++) await complains(n);
  const breakers = { ...world.ports.breakers, get: () => Promise.reject(new Error("dies")) };
  await expect(complains(4, { ...world.ports, breakers })).rejects.toThrow("dies");
  expect(await held()).toBeUndefined();
  await complains(4);
  expect(await held()).toBeDefined();
});

test("of many reports at once, one trips the breaker, and every later one returns it", async () => {
  const { complains, held } = await crowd();
  const told = await Promise.all(Array.from({ length: 20 }, (_, n) => complains(n)));
  const hold = await held();
  expect(hold).toBeDefined();
  expect(new Set(told.flat().map((each) => JSON.stringify(each)))).toEqual(
    new Set([JSON.stringify({ journeyId: "j", ...hold })]),
  );
});

test("when a call crashes after it has tripped the breaker, the retry returns it", async () => {
  const { world, complains, held } = await crowd();
  for (let n = 0; n < 4; n++) await complains(n);
  const put: Ports["breakers"]["put"] = async (breaker) => {
    await world.ports.breakers.put(breaker);
    throw new Error("dies");
  };
  await expect(complains(4, { ...world.ports, breakers: { ...world.ports.breakers, put } })).rejects.toThrow("dies");
  expect(await held()).toBeDefined();
  expect(await complains(4)).toMatchObject([{ journeyId: "j", reports: 5 }]);
});

test("a release forgives the reports so far", async () => {
  const { world, complains, held } = await crowd();
  for (let n = 0; n < 9; n++) await complains(n);
  expect(await releaseMarketing("j", world.ports)).toMatchObject({ kind: "complaints" });
  expect(await releaseMarketing("j", world.ports)).toBeUndefined();
  for (let n = 9; n < 20; n++) await complains(n);
  expect(await held()).toBeUndefined();
});
