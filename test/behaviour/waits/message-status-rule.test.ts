/** Journey format §1.3: `messageStatusRule`, and the statuses that a status implies. */
import { describe, expect, test } from "vitest";
import { ann, journey, start, status, story, tell, withoutTimes } from "../scenario-of.ts";

const tag = (name: string) => ({ type: "addTag", tags: [name] });
const rule = (more: object = {}) => ({
  type: "messageStatusRule",
  message: "mail",
  status: "read",
  within: "P2D",
  met: "yes",
  notMet: "no",
  ...more,
});
const components = (more: object = {}) => ({
  mail: { type: "sendTemplate", template: "hello", next: "rest" },
  rest: rule(more),
  yes: tag("yes"),
  no: tag("no"),
});

async function ending(more: object, statuses: readonly Record<string, unknown>[], parts: object = {}) {
  const told = await story({
    journeys: [journey({ components: components(more) })],
    events: [start()],
    statuses,
    ...parts,
  });
  return told.find((line) => /rest (met|notMet)/.test(line))?.replace("| rest ", "");
}

test("goes to met as soon as that message reaches the status", async () => {
  const told = await story({
    journeys: [journey({ components: components() })],
    events: [start()],
    statuses: [status("01-05 15:00", "mail", "read")],
  });
  expect(told).toEqual([
    "01-05 10:00 | entered v1",
    "01-05 10:00 | mail mail: Hello",
    "01-05 10:00 | mail done",
    "01-05 10:00 | rest waiting 01-07 10:00",
    "01-05 15:00 | rest met",
    "01-05 15:00 | yes done",
    "01-05 15:00 | completed",
  ]);
});

test("else to notMet when within has passed since the rule was reached", async () => {
  expect(await ending({}, [])).toBe("01-07 10:00 notMet");
});

test("at once if it already has", async () => {
  const later = {
    mail: { type: "sendTemplate", template: "hello", next: "pause" },
    pause: { type: "wait", for: "P1D", next: "rest" },
    rest: rule(),
    yes: tag("yes"),
    no: tag("no"),
  };
  const parts = { journeys: [journey({ components: later })] };
  expect(await ending({}, [status("01-05 15:00", "mail", "read")], parts)).toBe("01-06 10:00 met");
  expect(await ending({}, [], parts)).toBe("01-08 10:00 notMet");
});

describe("the end of within", () => {
  test.each([
    ["at the very end", "01-07 10:00", "01-07 10:00 met"],
    ["a millisecond later", "01-07 10:00:00.001", "01-07 10:00 notMet"],
  ])("%s", async (_, at, expected) => {
    expect(await ending({}, [status(at, "mail", "read")])).toBe(expected);
  });
});

describe("clicked and replied imply read, read implies delivered, delivered implies sent", () => {
  const all = ["sent", "delivered", "read", "clicked", "replied", "bounced", "complained", "failed"];
  const proofs: Record<string, readonly string[]> = {
    delivered: ["delivered", "read", "clicked", "replied"],
    read: ["read", "clicked", "replied"],
    clicked: ["clicked"],
    replied: ["replied"],
    bounced: ["bounced"],
    complained: ["complained"],
    failed: ["failed"],
  };
  const table = Object.keys(proofs).flatMap((wanted) => all.map((reported) => [wanted, reported] as const));
  test.each(table)("the rule waits for %s, the channel reports %s", async (wanted, reported) => {
    const met = proofs[wanted]?.includes(reported);
    const hopeless = reported === "failed" || reported === "bounced";
    expect(await ending({ status: wanted }, [status("01-05 15:00", "mail", reported)])).toBe(
      met ? "01-05 15:00 met" : hopeless ? "01-05 15:00 notMet" : "01-07 10:00 notMet",
    );
  });

  test("a message that failed or bounced before the rule is reached goes to notMet at once", async () => {
    const later = {
      mail: { type: "sendTemplate", template: "hello", next: "pause" },
      pause: { type: "wait", for: "P1D", next: "rest" },
      rest: { type: "messageStatusRule", message: "mail", status: "read", within: "P2D", met: "yes", notMet: "no" },
      yes: tag("yes"),
      no: tag("no"),
    };
    for (const reported of ["failed", "bounced"]) {
      const parts = { journeys: [journey({ components: later })] };
      expect(await ending({}, [status("01-05 15:00", "mail", reported)], parts)).toBe("01-06 10:00 notMet");
    }
  });

  test("sent is known from the sending itself", async () => {
    expect(await ending({ status: "sent" }, [])).toBe("01-05 10:00 met");
  });

  test("a stronger status that comes before a weaker one keeps its place", async () => {
    const statuses = [status("01-05 12:00", "mail", "clicked"), status("01-05 13:00", "mail", "delivered")];
    expect(await ending({ status: "delivered" }, statuses)).toBe("01-05 12:00 met");
  });
});

describe("a message that was skipped goes to notMet at once", () => {
  const parts = (customer: object) => ({
    journeys: [journey({ components: components(), trigger: { event: "start", includeUnsubscribed: true } })],
    customers: [{ ...ann, ...customer }],
  });
  test.each([
    ["unsubscribed", { unsubscribed: true }],
    ["no address", { email: null }],
  ])("%s", async (_, customer) => {
    expect(await ending({}, [], parts(customer))).toBe("01-05 10:00 notMet");
  });

  test("a report on a skipped message has no effect", async () => {
    const told = await tell({
      ...parts({ unsubscribed: true }),
      events: [start()],
      statuses: [status("01-05 15:00", "mail", "read")],
    });
    expect(told.warnings).toEqual([expect.stringContaining('"mail" had sent no message to c-1')]);
  });

  test("a later turn of a loop reads the status of its own message, not of the earlier one", async () => {
    const looping = {
      mail: { type: "sendTemplate", template: "hello", next: "rest" },
      rest: rule({ met: "pause", notMet: undefined }),
      pause: { type: "wait", for: "P1D", next: "mail" },
    };
    const told = await story({
      journeys: [journey({ components: looping })],
      events: [
        start(),
        { at: "2026-01-05T20:00:00Z", event: "left", customerId: "c-1", customer: { unsubscribed: true } },
      ],
      statuses: [status("01-05 15:00", "mail", "read")],
    });
    expect(withoutTimes(told).slice(4)).toEqual([
      "rest met",
      "pause waiting 01-06 15:00",
      "pause done",
      "mail skipped (unsubscribed)",
      "rest notMet",
      "completed",
    ]);
  });
});

describe("a loop", () => {
  test("may wait only at a messageStatusRule: a reminder until the customer reads it", async () => {
    const looping = { mail: components().mail, rest: rule({ met: undefined, notMet: "mail" }) };
    const told = await tell({
      journeys: [journey({ components: looping })],
      events: [start()],
      statuses: [status("01-10 12:00", "mail", "read")],
    });
    expect(told.summary).toMatchObject({ messages: 3, completed: 1 });
    expect(told.story.at(-2)).toBe("01-10 12:00 | rest met");
  });

  test("around a message that was already read never waits: it fails with a reason instead of running for ever", async () => {
    const looping = { ...components({ met: "again", notMet: undefined }), again: { ...tag("x"), next: "rest" } };
    const { yes: _, no: __, ...parts } = looping;
    const told = await tell({
      journeys: [journey({ components: parts })],
      events: [start()],
      statuses: [status("01-05 12:00", "mail", "read")],
    });
    expect(told.story.at(-1)).toBe("01-05 12:00 | failed endless-loop");
  });
});

test("a status of another message of the same customer does not count", async () => {
  const other = journey({
    id: "k",
    trigger: { event: "start" },
    components: { letter: { type: "sendTemplate", template: "receipt" } },
  });
  const parts = { journeys: [journey({ components: components() }), other] };
  expect(await ending({}, [status("01-05 15:00", "letter", "read")], parts)).toBe("01-07 10:00 notMet");
});

describe("a condition on a message", () => {
  const asking = (wanted: string) => ({
    mail: { type: "sendTemplate", template: "hello", next: "pause" },
    pause: { type: "wait", for: "P1D", next: "pick" },
    pick: {
      type: "condition",
      branches: [{ when: { message: "mail", status: wanted }, next: "yes" }],
      otherwise: "no",
    },
    yes: tag("yes"),
    no: tag("no"),
  });
  const tags = async (wanted: string, ...statuses: Record<string, unknown>[]) => {
    const journeys = [journey({ components: asking(wanted) })];
    return (await tell({ journeys, events: [start()], statuses })).summary.tags["c-1"];
  };
  test.each([
    ["sent", [], ["yes"]],
    ["read", [], ["no"]],
    ["read", [status("01-05 15:00", "mail", "clicked")], ["yes"]],
    ["read", [status("01-05 15:00", "mail", "delivered")], ["no"]],
    ["read", [status("01-06 10:01", "mail", "read")], ["no"]],
  ])("%s, with %j", async (wanted, statuses, expected) => {
    expect(await tags(wanted, ...statuses)).toEqual(expected);
  });
});

test("a status reported twice counts once", async () => {
  const { store } = await tell({
    journeys: [journey({ components: components() })],
    events: [start()],
    statuses: [
      status("01-05 15:00", "mail", "read"),
      status("01-05 15:00", "mail", "read"),
      status("01-05 16:00", "mail", "clicked"),
    ],
  });
  expect(store.counts.get("j")).toMatchObject({
    "message.mail.sent": 1,
    "message.mail.delivered": 1,
    "message.mail.read": 1,
    "message.mail.clicked": 1,
  });
});
