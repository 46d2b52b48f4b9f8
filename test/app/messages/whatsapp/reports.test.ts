/** Reports about a WhatsApp message, read as the service sends them: in every order, early, late and about a lost send. */
import { expect, test } from "vitest";
import { reportIn } from "../../../../lambdas/adapters/sms/report-in.ts";
import { findReported } from "../../../../lambdas/app/messages/find-reported.ts";
import { handleDeliveryReport } from "../../../../lambdas/app/messages/handle-delivery-report.ts";
import { advanceEnrollment } from "../../../../lambdas/app/walk/advance-enrollment.ts";
import { journey, on } from "../../../behaviour/scenario-of.ts";
import { Crash } from "../../crashes.ts";
import { World } from "../../world.ts";
import { says } from "../inbound.ts";

const phone = "+491713920001";

/** A customer who waits until they read a message, or is about to get it. */
async function greeted(given: ConstructorParameters<typeof World>[0] = {}, kind = "marketing") {
  const world = new World(given);
  world.put({ id: "hello", channel: "whatsapp", class: kind, whatsapp: { template: "welcome" } });
  await world.publish(
    journey({
      components: {
        greet: { type: "sendTemplate", template: "hello", next: "seen" },
        seen: { type: "messageStatusRule", message: "greet", status: "read", within: "P2D", met: "yes" },
        yes: { type: "addTag", tags: ["reached"] },
      },
    }),
  );
  await world.enter({ changes: { phone } });
  return world;
}

type Told = readonly [kind: string, at: string, code?: number];

/** The service's own report about the message, which names nothing but the service's id. */
async function report(world: World, [kind, at, code]: Told): Promise<void> {
  const { enrollmentId } = await world.only();
  const messageId = `wamid.${enrollmentId}-0`;
  const seconds = Date.parse(on(at)) / 1000;
  const errors = code === undefined ? {} : { errors: [{ code, title: "Message undeliverable" }] };
  const found = reportIn(
    {
      source: "aws.social-messaging",
      "detail-type": `WhatsApp Message ${kind}`,
      time: on(at),
      detail: { messageId, status: kind.toLowerCase(), eventTimestamp: String(seconds), ...errors },
    },
    (time) => time,
  );
  if (!found || !("serviceId" in found)) throw new Error("This is no report.");
  for (const each of await findReported(found, world.ports)) await handleDeliveryReport(each, world.ports);
}

function ordersOf<T>(all: readonly T[]): T[][] {
  return all.length === 0
    ? [[]]
    : all.flatMap((each, index) => ordersOf(all.toSpliced(index, 1)).map((rest) => [each, ...rest]));
}

const reports: readonly Told[] = [
  ["Sent", "01-05 10:01"],
  ["Delivered", "01-05 10:02"],
  ["Read", "01-05 10:04"],
  ["Read", "01-05 10:05"],
];

test.each([0, 1, 2, 3, 4])(
  "every order of the reports, with %i before the id is stored, leads to the same facts and the same way",
  async (early) => {
    const statuses = { sent: on("01-05 10:00"), delivered: on("01-05 10:02"), read: on("01-05 10:04") };
    for (const order of ordersOf(reports)) {
      const world = await greeted();
      for (const each of order.slice(0, early)) await report(world, each);
      await world.run("01-05 10:30");
      for (const each of order.slice(early)) await report(world, each);
      await world.run("01-08 10:00");
      const { status, messages, steps } = await world.only();
      const [message] = messages;
      const found = [status, message?.statuses, message?.state, steps.map(({ outcome }) => outcome)];
      expect(found, JSON.stringify(order)).toEqual(["completed", statuses, "sent", ["done", "met", "done"]]);
      expect(world.counted()).toEqual(world.recount());
    }
  },
);

test("an answer among the reports is the status replied, in every order", async () => {
  const statuses = { sent: on("01-05 10:00"), delivered: on("01-05 10:02"), read: on("01-05 10:04") };
  for (const order of ordersOf(["answer", ...reports.slice(0, 3)] as const)) {
    const world = await greeted();
    await world.run("01-05 10:30");
    for (const each of order)
      if (each === "answer") await says(world, { at: "01-05 10:20", channel: "whatsapp", from: phone });
      else await report(world, each);
    await world.run("01-08 10:00");
    const { status, messages, steps } = await world.only();
    const found = [status, messages[0]?.statuses, steps.map(({ outcome }) => outcome)];
    const expected = ["completed", { ...statuses, replied: on("01-05 10:20") }, ["done", "met", "done"]];
    expect(found, JSON.stringify(order)).toEqual(expected);
    expect(world.counted()).toEqual(world.recount());
  }
});

test.each([
  [131026, "not-on-whatsapp"],
  [131047, "outside-window"],
  [131049, "held-by-meta"],
  // Meta: the person wants no more marketing from the business.
  [131050, "meta-131050"],
  [132001, "template-refused"],
  [132018, "template-values"],
  [131053, "meta-131053"],
  [undefined, "undeliverable"],
])(
  "after a failure with Meta's code %s the message has failed with %s, and the customer goes on",
  async (code, reason) => {
    for (const order of ordersOf<Told>([
      ["Sent", "01-05 10:01"],
      code === undefined ? ["Failed", "01-05 10:02"] : ["Failed", "01-05 10:02", code],
    ])) {
      const world = await greeted();
      await world.run("01-05 10:30");
      for (const each of order) await report(world, each);
      await world.run("01-05 11:00");
      const { status, messages, steps } = await world.only();
      expect([messages[0]?.state, messages[0]?.reason]).toEqual(["failed", reason]);
      expect([status, steps.map(({ outcome }) => outcome)]).toEqual(["completed", ["done", "notMet"]]);
      expect(world.counted()).toEqual(world.recount());
    }
  },
);

test.each([
  ["marketing", "the connection was lost"],
  ["transactional", "the connection was lost"],
])("a send of which nobody knows whether it happened stays unknown, and is not repeated: %s", async (kind, error) => {
  const lost = async () => {
    throw new Error(error);
  };
  const world = await greeted({ send: lost, still: true }, kind);
  const advance = async () => advanceEnrollment(await world.only(), world.ports);
  await expect(advance()).rejects.toThrow(error);
  await report(world, ["Delivered", "01-05 10:01"]);
  await world.run("01-05 10:15");
  await advance();
  await report(world, ["Read", "01-05 10:02"]);
  const { messages } = await world.only();
  expect([messages[0]?.state, world.sent.length]).toEqual(["unknown", 1]);
  expect(world.counted()).toEqual(world.recount());
});

test("a call that crashed after it stored the service's id: a later report brings the earlier one along", async () => {
  const until = async (crash: Crash) => {
    const world = await greeted({ crash, still: true });
    await report(world, ["Sent", "01-05 10:01"]);
    return { world, walk: async () => advanceEnrollment(await world.only(), world.ports) };
  };
  const none = new Crash(0, "after");
  await (await until(none)).walk();
  const crash = new Crash(none.calls.indexOf("sentIds.note") + 1, "after");
  const { world, walk } = await until(crash);
  await expect(walk()).rejects.toThrow();
  expect(crash.at).toBe("sentIds.note");
  await report(world, ["Read", "01-05 10:04"]);
  const [message] = (await world.only()).messages;
  expect([message?.state, message?.statuses]).toEqual(["sent", { sent: on("01-05 10:01"), read: on("01-05 10:04") }]);
  expect(world.counted()).toEqual(world.recount());
});

test("a report about a message of another system changes nothing", async () => {
  const world = await greeted();
  await world.run("01-05 10:30");
  const before = JSON.stringify([...world.store.all()]);
  const foreign = {
    serviceId: "a8dec257-b52e-4acc-8654-3dfb96468a43",
    status: "read",
    time: on("01-05 10:31"),
  } as const;
  expect(await findReported(foreign, world.ports)).toEqual([]);
  expect(JSON.stringify([...world.store.all()])).toBe(before);
});
