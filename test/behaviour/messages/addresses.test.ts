/** Whether mail may be sent is a fact of the address: in every spelling, after a change, for every customer. */
import { describe, expect, test } from "vitest";
import { ann, event, journey, on, start, status, tell, withoutTimes } from "../scenario-of.ts";

/** Two messages, a day apart, to each customer who enters. */
const two = (template = "hello") => ({
  first: { type: "sendTemplate", template: "hello", next: "rest" },
  rest: { type: "wait", for: "P1D", next: "second" },
  second: { type: "sendTemplate", template },
});

const second = async (report: string, template: string, events: readonly Record<string, unknown>[] = []) => {
  const { story } = await tell({
    journeys: [journey({ components: two(template) })],
    events: [start(), ...events],
    statuses: [status("01-05 11:00", "first", report)],
  });
  return withoutTimes(story).findLast((line) => line.startsWith("second"));
};

const moved = (at: string, email: string | null) => event(at, "moved", { customer: { email } });

describe.each(["bounced", "complained"])("after a report %s", (report) => {
  test.each([
    ["the same address again", [moved("01-05 12:00", ann.email)]],
    ["another spelling", [moved("01-05 12:00", `  ${ann.email.toUpperCase()} `)]],
    ["a change there and back", [moved("01-05 12:00", "new@mail.example"), moved("01-05 13:00", ann.email)]],
    ["a removal and the same address", [moved("01-05 12:00", null), moved("01-05 13:00", ann.email)]],
  ])("%s gets no marketing", async (_, events) =>
    expect(await second(report, "hello", events)).toBe(`second skipped (${report})`),
  );

  test("a new address does", async () =>
    expect(await second(report, "hello", [moved("01-05 12:00", "new@mail.example")])).toBe("second done"));

  test("transactional mail is sent only when the address has not bounced", async () =>
    expect(await second(report, "receipt")).toBe(report === "bounced" ? "second skipped (bounced)" : "second done"));

  test("another customer with the address gets no marketing, also when the first one was erased", async () => {
    const deleted = event("01-05 12:00", "customer.deleted");
    const other = { customerId: "c-2", email: "ANN@shop.example" };
    const { story } = await tell({
      journeys: [journey({ components: two() })],
      customers: [ann, other],
      events: [start(), deleted, { ...start("01-05 13:00"), customerId: "c-2", id: "other" }],
      statuses: [status("01-05 11:00", "first", report)],
    });
    expect(story.filter((line) => line.startsWith("01-05 13:00"))).toContainEqual(
      expect.stringContaining(`first skipped (${report})`),
    );
  });
});

test("the domain's ASCII form is the same address", async () => {
  const { story } = await tell({
    journeys: [journey({ components: two() })],
    customers: [{ ...ann, email: "ann@bücher.example" }],
    events: [start(), moved("01-05 12:00", "ann@xn--bcher-kva.example")],
    statuses: [status("01-05 11:00", "first", "bounced")],
  });
  expect(story.at(-2)).toContain("second skipped (bounced)");
});

test("messages are sent to the converted address", async () => {
  const { lines } = await tell({
    journeys: [journey({ components: two() })],
    customers: [{ ...ann, email: "Ann@Bücher.example" }],
    events: [start()],
  });
  expect(lines.find(({ kind }) => kind === "message")).toMatchObject({ to: "ann@xn--bcher-kva.example" });
});

test.each(["ada@a.example，b.example", "ada@x%2Cb.example", "müller@mail.example", "ada"])(
  "%s is a bad address",
  async (email) => {
    const { story } = await tell({
      journeys: [journey({ components: two() })],
      events: [start("01-05 10:00", { customer: { email } })],
    });
    expect(story[1]).toBe("01-05 10:00 | first skipped (bad-address)");
  },
);

test("a message counts as skipped under its reason", async () => {
  const { store } = await tell({
    journeys: [journey({ components: two() })],
    events: [start()],
    statuses: [{ at: on("01-05 11:00"), customerId: "c-1", message: "first", status: "bounced" }],
  });
  expect(store.counts.get("j")).toMatchObject({ "message.second.skipped.bounced": 1 });
});
