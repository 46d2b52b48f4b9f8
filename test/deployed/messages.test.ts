/** Messages on the deployed stack: consent, limits, the mail rate, and messages that an app sends. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { Item } from "../../stack/deployed/stack.ts";
import { type Running, running } from "./running.ts";
import { until } from "./waiting.ts";

/** In the stack's scaled time. */
const SECONDS_A_MESSAGE = 1000;

let run: Running;
/** The journeys and templates of all tests, live before the first test. */
const journeys = {
  news: { s: { type: "sendTemplate", template: "news" } },
  offers: { s: { type: "sendTemplate", template: "offers" } },
  text: {
    s: { type: "sendTemplate", template: "text", next: "r" },
    r: { type: "messageStatusRule", message: "s", status: "delivered", within: "PT48H", met: "yes" },
    yes: { type: "addTag", tags: ["delivered"] },
  },
  capped: { s: { type: "sendTemplate", template: "offers" } },
  patient: { s: { type: "sendTemplate", template: "offers" } },
};
const limits: Partial<Record<keyof typeof journeys, Item>> = {
  capped: { cap: [{ max: 1, within: "P7D", otherwise: "skip" }] },
  patient: { cap: [{ max: 1, within: "PT3H", otherwise: "delay" }] },
};

beforeAll(async () => {
  run = await running({ context: { mailRate: String(1 / SECONDS_A_MESSAGE) } });
  const marketing = { class: "marketing", subject: "S", html: "<p>Hello {{ customer.firstName }}</p>" };
  for (const topic of ["news", "offers"])
    await run.stack.put("TemplatesTableName", { ...marketing, id: topic, channel: "email", topic });
  await run.stack.put("TemplatesTableName", {
    ...{ id: "text", channel: "event", class: "marketing", topic: "news" },
    text: "Hi {{ customer.firstName }}",
  });
  for (const [id, components] of Object.entries(journeys)) {
    const trigger = { event: `go.${id}`, entry: "always" };
    const own = limits[id as keyof typeof journeys];
    const journey = { id, name: id, status: "active", trigger, start: "s", components, ...(own && { limits: own }) };
    expect(await run.stack.save(journey)).toMatchObject({ state: "published", problems: [] });
  }
  await run.untilFunctionsLookAgain();
}, 180_000);
afterAll(() => run?.stop(), 60_000);

let people = 0;
const somebody = () => `m-${people++}`;
const addressOf = (customerId: string) => `${customerId}@mail.example`;
const go = (journey: keyof typeof journeys, customerId: string, id?: string) =>
  run.stack.publish(`go.${journey}`, {
    customerId,
    ...(id && { id }),
    customer: { email: addressOf(customerId), firstName: "Ada" },
  });
const ended = (customerId: string, journeyId: string, times = 1) =>
  until(
    `${customerId} to end ${journeyId}`,
    async () => {
      const all = (await run.stack.enrollments(customerId)).filter((each) => each.journeyId === journeyId);
      return all.length === times && all.every(({ status }) => status === "completed") && all;
    },
    { instead: () => run.stack.enrollments(customerId) },
  );
const messagesOf = (enrollments: readonly Enrollment[]) =>
  enrollments.flatMap(({ messages }) => messages.map(({ state, reason }) => reason ?? state)).sort();
const attributes = async (customerId: string) =>
  (await run.stack.get("CustomersTableName", { customerId, sk: "profile" }))?.attributes as Item;

describe("unsubscribing", () => {
  const linkOf = async (customerId: string) => {
    const [mail] = await run.inbox(addressOf(customerId));
    return mail?.headers.find(({ name }) => name === "List-Unsubscribe")?.value.slice(1, -1) ?? "";
  };
  const form = { "content-type": "application/x-www-form-urlencoded" };

  test("with one click: from the topic of the mail, in every channel, and from no other topic", async () => {
    const who = somebody();
    await go("news", who);
    await ended(who, "news");
    const link = await linkOf(who);
    const page = await (await fetch(link)).text();
    expect(page).toContain("No more “news”");
    expect(await attributes(who)).not.toHaveProperty("topics");
    await fetch(link, { method: "POST", headers: form, body: "List-Unsubscribe=One-Click" });
    expect(await attributes(who)).toMatchObject({ topics: { news: false } });
    expect(await attributes(who)).not.toHaveProperty("unsubscribed");
    await Promise.all([go("text", who), go("offers", who)]);
    expect(messagesOf(await ended(who, "text"))).toEqual(["topic-unsubscribed"]);
    expect(messagesOf(await ended(who, "offers"))).toEqual(["sent"]);
  });

  test("on the page: from everything", async () => {
    const who = somebody();
    await go("news", who);
    await ended(who, "news");
    await fetch(await linkOf(who), { method: "POST", headers: form, body: "from=everything" });
    expect(await attributes(who)).toMatchObject({ unsubscribed: true });
    expect(await attributes(who)).not.toHaveProperty("topics");
  });

  test("an address that bounces gets no more mail", async () => {
    const who = somebody();
    await go("news", who);
    await ended(who, "news");
    const [mail] = await run.inbox(addressOf(who));
    if (mail) await run.reports(mail, "Bounce");
    await until("the bounce", async () => {
      const [enrollment] = await run.stack.enrollments(who);
      return enrollment?.messages[0]?.statuses.bounced;
    });
    await go("offers", who);
    expect(messagesOf(await ended(who, "offers"))).toEqual(["bounced"]);
  });
});

test("channel event: requested on the bus, and the app's report takes the customer on", async () => {
  const heard = await run.listen("message.requested");
  const who = somebody();
  await go("text", who);
  const event = await until("the request", async () =>
    (await heard()).find(({ detail }) => (detail as Item).customerId === who),
  );
  const { data, id } = event.detail as { data: Item; id: string };
  const [enrollment] = await run.stack.enrollments(who);
  expect(id).toMatch(/^[a-z2-7]{26}$/);
  expect(data).toEqual({
    journeyId: "text",
    enrollmentId: enrollment?.enrollmentId,
    componentId: "s",
    messageId: `${enrollment?.enrollmentId}-0`,
    template: "text",
    class: "marketing",
    topic: "news",
    text: "Hi Ada",
    unsubscribeUrl: expect.stringContaining("?token="),
  });
  await run.stack.publish("message.status", {
    customerId: who,
    data: { messageId: data.messageId, status: "delivered" },
  });
  const [done] = await ended(who, "text");
  expect(done?.steps.map(({ outcome }) => outcome)).toEqual(["done", "met", "done"]);
  expect(await run.inbox(addressOf(who))).toEqual([]);
});

describe("limits", () => {
  test("two events at once under a cap of one: one message", async () => {
    const who = somebody();
    await Promise.all([go("capped", who, "a"), go("capped", who, "b")]);
    expect(messagesOf(await ended(who, "capped", 2))).toEqual(["frequency-cap", "sent"]);
    expect(await run.inbox(addressOf(who))).toHaveLength(1);
  });

  test("a delayed message is sent when the delay is over", async () => {
    const who = somebody();
    await go("offers", who);
    await ended(who, "offers");
    await go("patient", who);
    const [done] = await ended(who, "patient");
    expect(done?.steps[0]?.until).toBeDefined();
    expect(messagesOf([done as Enrollment])).toEqual(["sent"]);
    expect(await run.inbox(addressOf(who))).toHaveLength(2);
  });
});

test("a burst is sent at the mail rate, one mail to each customer", async () => {
  const crowd = Array.from({ length: 20 }, somebody);
  await Promise.all(crowd.map((who) => go("offers", who)));
  const turns: number[] = [];
  for (const who of crowd) {
    const [done] = await ended(who, "offers");
    const until = done?.steps[0]?.until;
    if (until !== undefined) turns.push(Date.parse(until));
  }
  turns.sort((a, b) => a - b);
  expect(turns.length).toBeGreaterThan(crowd.length / 2);
  for (const [index, turn] of turns.entries())
    if (index > 0) expect(turn - (turns[index - 1] ?? 0)).toBeGreaterThanOrEqual(SECONDS_A_MESSAGE * 1000);
  for (const who of crowd) expect(await run.inbox(addressOf(who)), who).toHaveLength(1);
});
