/** Journey format §1.3: the customers who may get a message. */
import { describe, expect, test } from "vitest";
import { ann, event, hello, journey, receipt, start, status, story, tell, withoutTimes } from "../scenario-of.ts";
import { email, sending } from "./sending.ts";

describe("a customer who may not be sent to is skipped with a reason and goes on to the next component", () => {
  const unsubscribed = { unsubscribed: true };
  test.each([
    ["marketing to an unsubscribed customer", "hello", unsubscribed, "mail skipped (unsubscribed)"],
    ["marketing to one who is not", "hello", { unsubscribed: false }, "mail done"],
    ["transactional to an unsubscribed customer", "receipt", unsubscribed, "mail done"],
    ["marketing without an address", "hello", { email: null }, "mail skipped (no-address)"],
    ["transactional without an address", "receipt", { email: null }, "mail skipped (no-address)"],
  ])("%s", async (_, template, customer, expected) => {
    const journeys = [sending({ template }, { trigger: { event: "start", includeUnsubscribed: true } })];
    const told = withoutTimes(await story({ journeys, customers: [{ ...ann, ...customer }], events: [start()] }));
    expect(told.filter((line) => !line.startsWith("mail mail:"))).toEqual([
      "entered v1",
      expected,
      "tag done",
      "completed",
    ]);
    expect(told.some((line) => line.startsWith("mail mail:"))).toBe(expected === "mail done");
  });

  describe("topics", () => {
    const news = { ...hello, topic: "news" };
    const told = async (template: object, customer: object) => {
      const given = { templates: [email(template), receipt], customers: [{ ...ann, ...customer }], events: [start()] };
      return withoutTimes(await story({ journeys: [sending()], ...given }))[1];
    };
    test.each([
      ["one who unsubscribed from it", news, { topics: { news: false } }, "mail skipped (topic-unsubscribed)"],
      ["one who unsubscribed from another", news, { topics: { offers: false } }, "mail mail: Hello"],
      ["one who said yes", news, { topics: { news: true } }, "mail mail: Hello"],
      ["one who said nothing", news, {}, "mail mail: Hello"],
      ["one with a topic like a part of every object", { ...hello, topic: "constructor" }, {}, "mail mail: Hello"],
      ["one who unsubscribed from some topic, about none", hello, { topics: { news: false } }, "mail mail: Hello"],
    ])("%s", async (_, template, customer, expected) => expect(await told(template, customer)).toBe(expected));

    test("an event about one topic leaves the others unchanged; null removes the choice", async () => {
      const wait = { type: "wait", for: "P1D", next: "mail" };
      const journeys = [journey({ components: { wait, mail: { type: "sendTemplate", template: "hello" } } })];
      const events = (topics: unknown) => [start(), event("01-05 12:00", "choice", { customer: { topics } })];
      const last = async (topics: unknown) =>
        withoutTimes(
          await story({
            journeys,
            templates: [news],
            customers: [{ ...ann, topics: { news: false } }],
            events: events(topics),
          }),
        ).at(-2);
      expect(await last({ offers: true })).toBe("mail skipped (topic-unsubscribed)");
      expect(await last({ news: null })).toBe("mail done");
      expect(await last(null)).toBe("mail done");
    });

    test.each([
      ["a topic that is no id", { News: false, news: false }],
      ["a choice that is a text", { offers: "no", news: false }],
    ])("%s is noted, and the other choices count", async (_, topics) => {
      const events = [start("01-05 10:00", { customer: { topics } })];
      const { story, warnings } = await tell({ journeys: [sending()], templates: [news], events });
      expect(withoutTimes(story)[1]).toBe("mail skipped (topic-unsubscribed)");
      expect(warnings).toEqual([expect.stringContaining("the value of topics cannot be used (bad-topics)")]);
    });
  });

  test("a customer who unsubscribes on the way does not get the next message", async () => {
    const components = {
      first: { type: "sendTemplate", template: "hello", next: "rest" },
      rest: { type: "wait", for: "P1D", next: "second" },
      second: { type: "sendTemplate", template: "hello" },
    };
    const events = [start(), event("01-05 12:00", "left", { customer: { unsubscribed: true } })];
    const told = withoutTimes(await story({ journeys: [journey({ components })], events }));
    expect(told.slice(-2)).toEqual(["second skipped (unsubscribed)", "completed"]);
  });

  describe.each(["bounced", "complained"])("an address that %s", (report) => {
    const two = (template: string) => ({
      first: { type: "sendTemplate", template: "hello", next: "rest" },
      rest: { type: "wait", for: "P1D", next: "second" },
      second: { type: "sendTemplate", template },
    });
    const told = async (template: string, events: readonly Record<string, unknown>[] = []) =>
      withoutTimes(
        await story({
          journeys: [journey({ components: two(template) })],
          events: [start(), ...events],
          statuses: [status("01-05 11:00", "first", report)],
        }),
      ).findLast((line) => line.startsWith("second"));

    test("is sent no more marketing", async () => expect(await told("hello")).toBe(`second skipped (${report})`));
    test("gets transactional messages, unless the address bounced", async () =>
      expect(await told("receipt")).toBe(report === "bounced" ? "second skipped (bounced)" : "second done"));
    test("does not concern a new address", async () =>
      expect(await told("hello", [event("01-05 12:00", "moved", { customer: { email: "new@shop.example" } })])).toBe(
        "second done",
      ));
  });
});
