import { describe, expect, test } from "vitest";
import { executionOf } from "../../cli/customer/execution.ts";
import { showRecord } from "../../cli/customer/show-record.ts";
import { mentions } from "../../cli/erase/mentions.ts";
import { customerItem, enrollmentItem, eventItem, reasonItem } from "../../lambdas/adapters/dynamodb/customer-items.ts";
import { unknownCustomer } from "../../lambdas/domain/customer/customer.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import type { EnteredJourneys } from "../../stack/deployed/customer-decisions.ts";
import { recordOf, remainingItems } from "../../stack/deployed/customer-record.ts";
import { enrollment } from "../insight/enrolled.ts";
import { journey as document, ioOf } from "./running.ts";

const AT = "2026-01-05T09:00:00.000Z";
const machine = "arn:aws:states:eu-central-1:123456789012:stateMachine:M";
const profile = { ...unknownCustomer("c-1"), revision: 1, attributes: { email: "a@b.example" }, times: { email: AT } };
const event = {
  id: "evt-1",
  name: "go",
  customerId: "c-1",
  time: AT,
  data: { total: 5 },
  deliveryId: "d-1",
  hops: 0,
  system: false,
};
const inside = enrollment({
  enrollmentId: "e-2",
  enteredAt: "2026-01-04T09:00:00.000Z",
  position: {
    componentId: "read",
    visit: 1,
    since: AT,
    waiting: { for: "signal", until: AT, token: "s3cret" },
  },
});
const parked = enrollment({ enrollmentId: "e-3", parked: { since: AT, token: "s3cret-too" } });
const items = [
  customerItem(profile),
  enrollmentItem(parked),
  enrollmentItem(enrollment()),
  enrollmentItem(inside),
  eventItem(event, AT, 400),
  reasonItem(
    {
      customerId: "c-1",
      enrollmentId: "z",
      journeyId: "other",
      journeyVersion: 1,
      eventId: "x",
      deliveryId: "y",
      reason: "where-false",
      time: AT,
      at: AT,
    },
    AT,
  ),
];

describe("a record", () => {
  const record = recordOf("c-1", items);

  test("has every item once, in its list, in order of time", () => {
    expect(record.profile).toEqual(profile);
    expect(record.enrollments.map(({ enrollmentId }) => enrollmentId)).toEqual(["e-2", "e-3", "e-1"]);
    expect(record.events).toEqual([event]);
    expect(record.reasons).toMatchObject([{ journeyId: "other", reason: "where-false" }]);
  });

  test("never contains a task token, of a wait or of a parked customer, in JSON or in text", () => {
    const { io, out } = ioOf({});
    showRecord(record, machine, io);
    expect(JSON.stringify(record)).toContain('"waiting"');
    expect(record.enrollments.find(({ enrollmentId }) => enrollmentId === "e-3")?.parked).toEqual({ since: AT });
    expect(JSON.stringify(record) + out.join("\n")).not.toContain("s3cret");
  });

  test("prints each step, message, goal and reason", () => {
    const { io, out } = ioOf({});
    showRecord(record, machine, io);
    const text = out.join("\n");
    expect(text).toContain("greeting v1: entered 2026-01-05 09:00:00 on go, exited (gone) 2026-01-05 12:00:00");
    expect(text).toMatch(/greet +Send template +done +hello sent, delivered 2026-01-05 09:00:01/);
    expect(text).toContain("★ sale reached 2026-01-05 12:00:00");
    expect(text).toMatch(/other +a change +the trigger's condition does not hold \(where-false\)/);
  });
});

describe("names and holds", () => {
  const named = (status: Journey["status"]): EnteredJourneys => {
    const read = { ...document.components.read, name: "Was it read?" };
    const journey = { ...document, name: "Greeting", status, components: { ...document.components, read } };
    return new Map([["greeting 1", journey as unknown as Journey]]);
  };
  const parked = { ...inside, status: "active", parked: { since: AT, token: "s3cret" } } as const;
  const { endedAt: _, reason: __, ...still } = parked;
  const shown = (journeys?: EnteredJourneys) => {
    const { io, out } = ioOf({});
    showRecord(recordOf("c-1", [enrollmentItem(still)]), machine, io, journeys && { journeys });
    return out.join("\n");
  };

  test("the names of the journey and its components are shown; without them, the ids", () => {
    expect(shown(named("active"))).toMatch(/Greeting · greeting v1: entered[\s\S]*Was it read\? +Message status rule/);
    expect(shown()).toMatch(/\ngreeting v1: entered[\s\S]* read +Message status rule/);
  });

  test("a parked customer is shown as parked, with the place and what ends it", () => {
    expect(shown(named("held"))).toContain(
      "Stays at Was it read? since 2026-01-05 09:00:00, because the journey is held. Goes on after journeys resume.",
    );
    expect(shown(named("active"))).toContain("because the journey was held. Goes on within minutes.");
    expect(shown(named("held"))).not.toContain("s3cret");
  });
});

test("long data is cut to one line, and only the newest twenty events are printed", () => {
  const { io, out } = ioOf({});
  const events = Array.from({ length: 25 }, (_, index) =>
    eventItem({ ...event, id: `evt-${index}`, data: { note: "x".repeat(1000) } }, AT, 400),
  );
  showRecord(recordOf("c-1", events), machine, io);
  expect(out.filter((line) => line.includes("evt-"))).toHaveLength(20);
  expect(Math.max(...out.map(({ length }) => length))).toBeLessThan(180);
  expect(out.join("\n")).toContain("Events (the newest 20 of 25; --json has all)");
});

test("a value that could not be used is printed with its reason and its time", () => {
  const noted = { ...profile, notes: { timezone: { reason: "bad-timezone", at: AT } as const } };
  const { io, out } = ioOf({});
  showRecord(recordOf("c-1", [customerItem(noted)]), machine, io);
  expect(out.join("\n")).toMatch(/timezone could not be used on .*2026.*: it is no time zone/);
});

test("the execution has the name that the functions use, and a link in its partition", () => {
  const { arn, console } = executionOf({ enrollmentId: "e-1", executions: 3 }, machine);
  expect(arn).toBe("arn:aws:states:eu-central-1:123456789012:execution:M:e-1-3");
  expect(console).toBe(
    `https://eu-central-1.console.aws.amazon.com/states/home?region=eu-central-1#/v2/executions/details/${arn}`,
  );
  const china = executionOf({ enrollmentId: "e", executions: 1 }, "arn:aws-cn:states:cn-north-1:1:stateMachine:M");
  expect(china.console).toMatch(/^https:\/\/cn-north-1\.console\.amazonaws\.cn\//);
});

describe("the remaining items of an erased customer", () => {
  const tombstone = { ...unknownCustomer("c-1"), revision: 2, deletedAt: AT };

  test.each([
    ["a tombstone alone", [customerItem(tombstone)], []],
    ["a profile is not a tombstone", [customerItem(profile)], ["profile"]],
    [
      "a tombstone with an attribute is not a tombstone",
      [customerItem({ ...tombstone, attributes: { a: 1 } })],
      ["profile"],
    ],
    ["a tombstone with a tag is not a tombstone", [customerItem({ ...tombstone, tags: ["vip"] })], ["profile"]],
    [
      "a tombstone with an unknown member is not a tombstone",
      [{ ...customerItem(tombstone), nickname: "Ada" }],
      ["profile"],
    ],
    ["an event beside it", [customerItem(tombstone), eventItem(event, AT, 400)], ["event#evt-1"]],
    ["nothing at all", [], []],
  ])("%s", (_, stored, left) => expect(remainingItems(stored)).toEqual(left));
});

test.each([
  ["the id itself", { by: "c-1" }, true],
  ["within JSON text", { data: '{"by":"c-1"}' }, true],
  ["as a member's name", { "c-1": true }, true],
  ["in a list or a set", { tags: new Set(["x", "c-1"]) }, true],
  ["an address in a sentence", { note: "wrote to a@b.example." }, true],
  ["a longer id", { by: "c-10" }, false],
  ["the end of another id", { by: "abc-1" }, false],
  ["a longer address", { to: "aa@b.example" }, false],
  ["numbers and nothing", { n: 1, nothing: null }, false],
])("%s", (_, value, found) => expect(mentions(value, ["c-1", "a@b.example"])).toBe(found));

test.each([
  ["an amount in a template", "20", { html: "<p>Save 20 € with SAVE-20.</p>" }, false],
  ["a number in JSON text", "20", { data: '{"total":20}' }, false],
  ["a word in a template", "welcome", { subject: "A warm welcome to you" }, false],
  ["the whole value", "20", { by: "20" }, true],
  ["a quoted id in JSON text", "20", { data: '{"by":"20"}' }, true],
  ["a member's name", "welcome", { welcome: 1 }, true],
  ["a word of letters and digits in a sentence", "u7", { note: "invited by u7." }, true],
])("an ordinary word as id: %s", (_, id, value, found) => expect(mentions(value, [id])).toBe(found));
