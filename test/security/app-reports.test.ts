/** An app reports harm of its own messages. The circuit breaker judges emails only, because only SES counts against the account. */
import { beforeAll, expect, test } from "vitest";
import { matchEvent } from "../../lambdas/app/entry/match-event.ts";
import { handleDeliveryReport } from "../../lambdas/app/messages/handle-delivery-report.ts";
import { mailed } from "../../lambdas/domain/counters/reputation.ts";
import type { Status } from "../../lambdas/domain/messages/message-status.ts";
import { eventOf, World } from "../app/world.ts";
import { journey, on } from "../behaviour/scenario-of.ts";

const CUSTOMERS = 100;
const world = new World();
const emails = new Map<string, string>();

/** Each customer gets an email, and then a message that an app sends. */
beforeAll(async () => {
  const components = {
    mail: { type: "sendTemplate", template: "hello", next: "push" },
    push: { type: "sendTemplate", template: "sms" },
  };
  await world.publish(journey({ components }));
  for (let n = 0; n < CUSTOMERS; n++)
    world.happens("start", { id: `e-${n}`, customerId: `c-${n}`, changes: { email: `c-${n}@shop.example` } });
  await world.run();
  for (const { claim } of world.sent) emails.set(claim.customerId, claim.messageId);
});

async function appReports(n: number, status: Status): Promise<void> {
  const { messages } = await world.only(`c-${n}`);
  const { messageId } = messages.find(({ channel }) => channel === "event") ?? expect.fail();
  const time = on("01-05 11:00");
  await matchEvent(eventOf("message.status", { customerId: `c-${n}`, time, data: { messageId, status } }), world.ports);
}

function sesReports(n: number, status: Status) {
  const messageId = emails.get(`c-${n}`) ?? expect.fail();
  return handleDeliveryReport({ customerId: `c-${n}`, messageId, status, time: on("01-05 12:00") }, world.ports);
}

test("bounces and complaints that an app reports of its own messages do not hold a journey's emails", async () => {
  for (let n = 0; n < 60; n++) await appReports(n, n % 2 === 0 ? "bounced" : "complained");
  for (let n = 60; n < CUSTOMERS; n++) await appReports(n, "delivered");
  expect(await sesReports(0, "complained")).toEqual([]);
  expect(await world.ports.breakers.hold("j")).toBeUndefined();
  const counts = await world.ports.breakers.counts("j");
  expect(counts).toMatchObject({ "message.push.bounced": 30, "message.push.complained": 30, "message.push.sent": 100 });
  expect(mailed(counts)).toEqual({ sent: CUSTOMERS, bounced: 0, complained: 1 });
  expect(world.counted()).toEqual(world.recount());
});

test("reports of SES still do", async () => {
  for (let n = 1; n < 4; n++) expect(await sesReports(n, "complained")).toEqual([]);
  expect(await sesReports(4, "complained")).toMatchObject([{ kind: "complaints", reports: 5, sent: CUSTOMERS }]);
});
