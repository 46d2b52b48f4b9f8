/** Programs write "never" as a year past 9999: it counts as far future, and neither stops the simulator nor a deletion. */
import { describe, expect, test } from "vitest";
import { event, hello, journey, lasting, on, start, story, tell } from "../scenario-of.ts";

const never = [
  "9999-12-31T23:59:59-05:00",
  "9999-12-31T23:59:59.9999999Z",
  "+275760-09-13T00:00:00.000Z",
  "10000-01-01",
  "9999-12-31",
];

describe.each(never)("%s", (text) => {
  test("a wait until a field waits, and other events still end the enrollment", async () => {
    const components = {
      rest: { type: "wait", until: { field: "customer.endsAt", ifPast: "continue" }, next: "tag" },
      tag: { type: "addTag", tags: ["after"] },
    };
    const told = await story({
      journeys: [journey({ components, exit: [{ id: "left", event: "leave" }] })],
      events: [start("01-05 10:00", { customer: { endsAt: text } }), event("12-01 10:00", "leave")],
    });
    expect(told.at(-1)).toBe("12-01 10:00 | exited left at rest");
  });

  test("an offset before it still lies in the far future", async () => {
    const components = { rest: { type: "wait", until: { field: "customer.endsAt", offset: "-P3D", ifPast: "exit" } } };
    const { summary } = await tell({
      journeys: [journey({ components })],
      events: [start("01-05 10:00", { customer: { endsAt: text } })],
    });
    expect(summary).toMatchObject({ active: 1 });
  });
});

test("a deletion with such a time erases what is stored now", async () => {
  const far = { time: "9999-12-31T23:59:59-05:00" };
  const { summary, store } = await tell({
    journeys: [lasting()],
    events: [start(), event("01-06 10:00", "customer.deleted", far)],
  });
  expect(summary).toMatchObject({ exited: 1, active: 0 });
  expect(await store.customer("c-1")).toMatchObject({ attributes: {}, deletedAt: on("01-06 10:00") });
});

test("a scenario that lasts until then ends", async () => {
  const components = {
    rest: { type: "wait", until: { time: "09:00" }, next: "tag" },
    tag: { type: "addTag", tags: ["after"], next: "rest" },
  };
  const { summary } = await tell({
    journeys: [journey({ components })],
    events: [{ at: "9999-12-31T23:59:59-05:00", event: "start", customerId: "c-1" }, start()],
    until: "9999-12-31T23:59:59-05:00",
  });
  expect(summary).toMatchObject({ entered: 1, failed: 1 });
});

test("quiet hours that end in the hour that occurs twice delay a message until their second end", async () => {
  const limits = { quietHours: { from: "22:00", to: "02:30", otherwise: "delay" } };
  const components = { mail: { type: "sendTemplate", template: hello.id } };
  const sent = async (at: string) => {
    const events = [start(at)];
    const told = await story({ journeys: [journey({ components, limits, timezone: "Europe/Berlin" })], events });
    return told.find((line) => line.includes("mail mail"))?.slice(0, 11);
  };
  expect(await sent("10-24 23:00")).toBe("10-25 00:30");
  expect(await sent("10-25 00:40")).toBe("10-25 00:40");
  expect(await sent("10-25 01:10")).toBe("10-25 01:30");
});
