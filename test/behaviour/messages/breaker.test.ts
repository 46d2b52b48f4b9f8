/** The circuit breaker: customers who reach a marketing email while it is open. */
import { describe, expect, test } from "vitest";
import { type Document, event, hello, journey, receipt, start, status, tell } from "../scenario-of.ts";

const mail = (template: string, next?: string) => ({ type: "sendTemplate", template, ...(next && { next }) });
/** Every customer gets a mail at once and another a day later. */
const twice = (second = "hello", parts: Document = {}) =>
  journey({
    components: {
      first: mail("hello", "rest"),
      rest: { type: "wait", for: "P1D", next: "second" },
      second: mail(second, "tag"),
      tag: { type: "addTag", tags: ["after"] },
    },
    ...parts,
  });

const crowd = Array.from({ length: 100 }, (_, n) => `c-${n + 1}`);
const customers = crowd.map((customerId) => ({ customerId, email: `${customerId}@shop.example` }));
const complaints = (many: number) =>
  crowd.slice(-many).map((customerId) => status("01-05 12:00", "first", "complained", customerId));
const events = crowd.map((customerId) => start("01-05 10:00", { customerId }));

async function live(parts: Parameters<typeof tell>[0], complained = 5) {
  const told = await tell({ customers, events, statuses: complaints(complained), ...parts });
  const of = (lines: readonly string[]) => lines.filter((line) => !/\| c-/.test(line) && !/ k /.test(line));
  return { ...told, ofFirst: of(told.story).filter((line) => line >= "01-06") };
}

describe("after five complaints of a hundred messages", () => {
  test("a customer who is due a marketing message waits, tries again every hour, and after a day goes on without it", async () => {
    const { ofFirst, summary } = await live({ journeys: [twice()] });
    expect(ofFirst).toEqual([
      "01-06 10:00 | rest done",
      "01-06 10:00 | second waiting 01-06 11:00 (breaker-open)",
      ...Array.from({ length: 23 }, (_, n) => {
        const [at, until] = [n + 11, n + 12].map(
          (hour) => `01-0${6 + Math.floor(hour / 24)} ${String(hour % 24).padStart(2, "0")}`,
        );
        return `${at}:00 | second waiting ${until}:00 (breaker-open)`;
      }),
      "01-07 10:00 | second skipped (breaker-open)",
      "01-07 10:00 | tag done",
      "01-07 10:00 | completed",
    ]);
    expect(summary.messages).toBe(100);
  });

  test("transactional mail goes out", async () => {
    const { ofFirst } = await live({ journeys: [twice("receipt")] });
    expect(ofFirst).toContain("01-06 10:00 | mail second: Receipt");
  });

  test("a message that an app sends goes out, because it cannot harm the reputation of the mail account", async () => {
    const { ofFirst } = await live({
      journeys: [twice("push")],
      templates: [hello, receipt, { id: "push", channel: "event", class: "marketing", text: "Hi" }],
    });
    expect(ofFirst).toContain("01-06 10:00 | second done");
  });

  test("other journeys go on", async () => {
    const other = journey({ id: "k", trigger: { event: "other" }, components: { only: mail("hello") } });
    const { story } = await live({ journeys: [twice(), other], events: [...events, event("01-06 09:00", "other")] });
    expect(story).toContain("01-06 09:00 | k mail only: Hello");
  });

  test("an exit rule takes out a customer who waits for the held message", async () => {
    const exit = [{ id: "bought", event: "order.placed" }];
    const { ofFirst } = await live({
      journeys: [twice("hello", { exit })],
      events: [...events, event("01-06 10:30", "order.placed")],
    });
    expect(ofFirst.at(-1)).toBe("01-06 10:30 | exited bought at second");
  });
});

test("after four complaints, nothing is held", async () => {
  const { ofFirst, summary } = await live({ journeys: [twice()] }, 4);
  expect(ofFirst).toContain("01-06 10:00 | mail second: Hello");
  // The customers who complained get no more marketing.
  expect(summary.messages).toBe(196);
});
