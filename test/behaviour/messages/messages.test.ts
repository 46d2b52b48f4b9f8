/** Journey format §1.3: `sendTemplate` sends, at most once for each visit, and templates are live. */
import { expect, test } from "vitest";
import { journey, on, receipt, start, story, tell, withoutTimes } from "../scenario-of.ts";
import { email, sending } from "./sending.ts";

test("renders the template for the customer and sends it through its channel", async () => {
  const { lines, summary } = await tell({ journeys: [sending()], events: [start()] });
  expect(lines[1]).toEqual({
    at: on("01-05 10:00"),
    kind: "message",
    customerId: "c-1",
    journeyId: "j",
    enrollmentId: expect.any(String),
    componentId: "mail",
    template: "hello",
    channel: "email",
    to: "ann@shop.example",
    subject: "Hello",
    text: "Hello",
  });
  expect(summary.messages).toBe(1);
});

test("the event's data is the snapshot of the entry; the customer's is live", async () => {
  const components = {
    rest: { type: "wait", for: "P1D", next: "mail" },
    mail: { type: "sendTemplate", template: "hello" },
  };
  const { lines } = await tell({
    templates: [email({ text: "{{ event.total }} {{ customer.tier }}" })],
    journeys: [journey({ components })],
    events: [
      start("01-05 10:00", { data: { total: 1 }, customer: { tier: "old" } }),
      start("01-05 11:00", { data: { total: 2 }, customer: { tier: "new" } }),
    ],
  });
  expect(lines.filter(({ kind }) => kind === "message")).toMatchObject([{ text: "1 new" }]);
});

test("template text is live: an edit applies to customers inside the journey", async () => {
  const components = {
    rest: { type: "wait", for: "P2D", next: "mail" },
    mail: { type: "sendTemplate", template: "hello" },
  };
  const { lines } = await tell({
    journeys: [journey({ components })],
    events: [start()],
    edits: [{ at: on("01-06 10:00"), template: email({ subject: "New" }) }],
  });
  expect(lines.find(({ kind }) => kind === "message")).toMatchObject({ subject: "New" });
});

test("an edit of a template that does not validate changes nothing", async () => {
  const told = await tell({
    journeys: [sending()],
    events: [start()],
    edits: [{ at: on("01-05 09:00"), template: email({ subject: "{% if %}" }) }],
  });
  expect(told.lines.find(({ kind }) => kind === "message")).toMatchObject({ subject: "Hello" });
  expect(told.warnings).toEqual([expect.stringMatching(/edit of "hello" was rejected: subject/)]);
});

test("a template that does more work than allowed is skipped, and the customer goes on", async () => {
  const text = "{% for a in (1..9000) %}{% for b in (1..9000) %}{{ a }}{% endfor %}{% endfor %}";
  const told = await story({ templates: [email({ text })], journeys: [sending()], events: [start()] });
  expect(withoutTimes(told)).toEqual(["entered v1", "mail skipped (not-renderable)", "tag done", "completed"]);
});

test("a loop sends a new message on every turn", async () => {
  const components = {
    mail: { type: "sendTemplate", template: "receipt", next: "rest" },
    rest: { type: "wait", for: "P7D", next: "mail" },
  };
  const { summary, store } = await tell({
    templates: [receipt],
    journeys: [journey({ components })],
    events: [start()],
    until: on("01-20 00:00"),
  });
  expect(summary.messages).toBe(3);
  const [enrollment] = await store.enrollments("c-1");
  expect(new Set(enrollment?.messages.map(({ messageId }) => messageId)).size).toBe(3);
});
