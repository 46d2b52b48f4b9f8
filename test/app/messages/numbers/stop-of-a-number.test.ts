/** STOP belongs to the number: whoever has it gets no more marketing, however many customers have it. */
import { beforeEach, expect, test } from "vitest";
import { liftReports } from "../../../../lambdas/app/messages/lift-reports.ts";
import { journey, on } from "../../../behaviour/scenario-of.ts";
import { World } from "../../world.ts";
import { NUMBER, says, stop } from "../inbound.ts";

const MANY = 25;
const ids = Array.from({ length: MANY }, (_, nth) => `c-${nth + 1}`);

/** 25 customers with one number. An event sends each a marketing text, and a transactional text after it. */
async function sharedNumber(): Promise<World> {
  const world = new World();
  for (const kind of ["marketing", "transactional"]) world.put({ id: kind, channel: "sms", class: kind, text: kind });
  await world.publish(
    journey({
      trigger: { event: "start", entry: "always" },
      components: {
        first: { type: "sendTemplate", template: "marketing", next: "second" },
        second: { type: "sendTemplate", template: "transactional" },
      },
    }),
  );
  for (const customerId of ids) world.happens("signed.up", { id: "s", customerId, changes: { phone: NUMBER } });
  await world.run("01-05 10:30");
  return world;
}

/** What the event of this id sends each customer. */
async function textsAfter(world: World, at: string): Promise<readonly string[]> {
  const before = world.sent.length;
  for (const customerId of ids) world.happens("start", { id: `start-${at}`, customerId });
  await world.run(at);
  return world.sent.slice(before).map(({ message, claim }) => `${message.class} ${claim.customerId}`);
}

const all = (kind: string) => ids.map((id) => `${kind} ${id}`);

let world: World;
beforeEach(async () => {
  world = await sharedNumber();
});

test("without a STOP, each customer gets both texts", async () =>
  expect((await textsAfter(world, "01-05 11:00")).toSorted()).toEqual(
    [...all("marketing"), ...all("transactional")].toSorted(),
  ));

test("a STOP keeps marketing back from all 25 customers, beyond the 20 of the conversation too", async () => {
  await says(world, stop);
  const listed = await Promise.all(ids.map((id) => world.store.customer(id)));
  expect(listed.filter(({ attributes }) => attributes.unsubscribedChannels !== undefined)).toHaveLength(20);
  expect((await textsAfter(world, "01-05 11:00")).toSorted()).toEqual(all("transactional").toSorted());
});

test("a STOP counts for a customer who gets the number after it", async () => {
  const number = "+491713920009";
  expect(await says(world, { ...stop, from: number })).toBe("unknown-number");
  for (const customerId of ids) world.happens("moved", { id: "m", customerId, changes: { phone: number } });
  await world.run("01-05 10:40");
  expect((await textsAfter(world, "01-05 11:00")).toSorted()).toEqual(all("transactional").toSorted());
});

test("a consent after the STOP counts for the customer who gave it, and the same list again is one", async () => {
  await says(world, stop);
  await world.run("01-05 10:35");
  for (const customerId of ["c-3", "c-25"])
    world.happens("consent", { id: "c", customerId, changes: { unsubscribedChannels: [] } });
  await world.run("01-05 10:40");
  const marketing = (await textsAfter(world, "01-05 11:00")).filter((text) => text.startsWith("marketing"));
  expect(marketing.toSorted()).toEqual(["marketing c-25", "marketing c-3"]);
});

test("a STOP on another channel does not end the STOP of a customer whom the stack learned of in between", async () => {
  const number = "+491713920009";
  await says(world, { ...stop, from: number });
  world.happens("moved", { id: "m", customerId: "c-1", changes: { phone: number } });
  await world.run("01-05 10:40");
  await says(world, { ...stop, at: "01-05 10:45", from: number, channel: "whatsapp" });
  expect((await world.store.customer("c-1")).attributes.unsubscribedChannels).toEqual(["sms", "whatsapp"]);
  expect(await textsAfter(world, "01-05 11:00")).not.toContain("marketing c-1");
});

test("a person lifts the STOP of the number: only the customers who were unsubscribed themselves stay so", async () => {
  await says(world, stop);
  await world.run("01-05 10:35");
  expect(await liftReports(NUMBER, { ...world.ports, addressKey: world.ports.addressKey ?? "" })).toEqual({
    "stop-sms": on("01-05 10:30"),
  });
  const marketing = (await textsAfter(world, "01-05 11:00")).filter((text) => text.startsWith("marketing"));
  expect(marketing).toHaveLength(MANY - 20);
});
