/** Journey format §1.3 and §1.6: `sendTemplate`, the customers who may get a message, and its content. */
import { describe, expect, test } from "vitest";
import { ann, event, hello, journey, on, receipt, start, status, story, tell, withoutTimes } from "./scenario-of.ts";

const sending = (more: object = {}, parts: object = {}) =>
  journey({
    components: {
      mail: { type: "sendTemplate", template: "hello", next: "tag", ...more },
      tag: { type: "addTag", tags: ["after"] },
    },
    ...parts,
  });
const email = (more: object) => ({ ...hello, ...more });

/** The message that is sent. */
async function message(
  template: object,
  given: object = {},
  customer: object = {},
  component: object = {},
  parts: object = {},
) {
  const { lines } = await tell({
    templates: [{ ...hello, ...template }],
    journeys: [sending(component, parts)],
    customers: [{ ...ann, ...customer }],
    events: [start("01-05 10:00", given as Record<string, unknown>)],
  });
  return lines.find(({ kind }) => kind === "message");
}

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

describe("Liquid", () => {
  test("renders the example of the format", async () => {
    const template = {
      subject: "{{ customer.firstName | default: 'Hello' }}, your cart is waiting",
      html: '<p>You left {{ event.items | size }} items. <a href="{{ event.url }}">Finish</a></p>',
    };
    const data = { items: [1, 2, 3], url: "https://shop.example/cart?a=1&b=2" };
    expect(await message(template, { data })).toMatchObject({
      subject: "Hello, your cart is waiting",
      html: '<p>You left 3 items. <a href="https://shop.example/cart?a=1&amp;b=2">Finish</a></p>',
    });
    expect(await message(template, { data }, { firstName: "Ann" })).toMatchObject({
      subject: "Ann, your cart is waiting",
    });
  });

  test("values are HTML-escaped in html, and only there", async () => {
    const body = "{{ customer.name }}";
    const name = `<b>"Tom" & 'Jerry'</b>`;
    const sent = await message({ subject: body, html: body, text: body }, {}, { name });
    expect(sent).toMatchObject({
      subject: name,
      text: name,
      html: "&lt;b&gt;&#34;Tom&#34; &amp; &#39;Jerry&#39;&lt;/b&gt;",
    });
  });

  test.each([
    ["what the template itself says is not escaped", "<i>{{ customer.x }}</i>", { x: 1 }, "<i>1</i>"],
    [
      "a link keeps its address",
      "{{ customer.x }}",
      { x: "https://a.example/?b=1&c=2" },
      "https://a.example/?b=1&amp;c=2",
    ],
    ["a script does not come to life", "{{ customer.x }}", { x: "<script>" }, "&lt;script&gt;"],
    ["raw is what the author asked for", "{{ customer.x | raw }}", { x: "<i>" }, "<i>"],
    ["a loop", "{% for t in customer.list %}[{{ t }}]{% endfor %}", { list: ["a", "<"] }, "[a][&lt;]"],
    ["what is missing says nothing", "[{{ customer.nothing.at.all }}]", {}, "[]"],
    ["an id", "{{ customer.customerId }}", {}, "c-1"],
    ["the prototype is out of reach", "[{{ customer.constructor.name }}{{ customer.__proto__ }}]", {}, "[]"],
  ])("in html: %s", async (_, html, customer, expected) => {
    expect(await message({ html }, {}, customer)).toMatchObject({ html: expected });
  });

  test("a subject is one line, whatever its values", async () => {
    const sent = await message({ subject: " Hi {{ customer.name }}\n!" }, {}, { name: "Ann\r\nBcc: all@shop.example" });
    expect(sent).toMatchObject({ subject: "Hi Ann Bcc: all@shop.example !" });
  });

  test("times are shown in the customer's zone, and now is the virtual now", async () => {
    const template = { text: '{{ event.at | date: "%H:%M" }} {{ "now" | date: "%Y-%m-%d %H:%M" }}' };
    const given = { data: { at: on("01-05 12:00") } };
    expect(await message(template, given, { timezone: "Europe/Berlin" })).toMatchObject({
      text: "13:00 2026-01-05 11:00",
    });
    expect(await message(template, given, {}, {}, { timezone: "America/New_York" })).toMatchObject({
      text: "07:00 2026-01-05 05:00",
    });
    expect(await message(template, given)).toMatchObject({ text: "12:00 2026-01-05 10:00" });
  });
});

describe("without text, the text part has the content of html", () => {
  test("it has the values, unescaped", async () => {
    const html = '<h1>Hi {{ customer.name }}</h1><p><a href="{{ event.url }}">Finish</a></p>';
    const { text } = (await message(
      { html, text: undefined },
      { data: { url: "https://shop.example/?a=1&b=2" } },
      { name: "Tom & <b>" },
    )) as { text?: string };
    expect(text).toMatch(/^Hi Tom & <b>\n+Finish <https:\/\/shop\.example\/\?a=1&b=2>$/);
  });

  test("a text part that the author wrote stays, even when it renders to nothing", async () => {
    expect(await message({ html: "<p>HTML</p>", text: "Text" })).toMatchObject({ text: "Text" });
    expect(await message({ html: "<p>HTML</p>", text: "{{ customer.none }}" })).toMatchObject({ text: "" });
  });

  test("html that has only pictures makes no text part", async () => {
    expect(await message({ html: "<img src='https://a.example/p.gif'>", text: undefined })).not.toHaveProperty("text");
  });
});

describe("data: literals, or paths read when the component runs", () => {
  test("a value is readable as `data.NAME` and as `NAME`", async () => {
    const data = { coupon: "X1", total: { path: "event.total" }, none: { path: "event.none" } };
    const template = { text: "{{ coupon }} {{ data.coupon }} {{ total }} [{{ none }}]" };
    expect(await message(template, { data: { total: 59 } }, {}, { data })).toMatchObject({ text: "X1 X1 59 []" });
  });

  test("a value does not replace `customer` or `event`", async () => {
    const data = { customer: "somebody", event: "something" };
    const template = { text: "{{ customer.customerId }} {{ event.total }}" };
    expect(await message(template, { data: { total: 59 } }, {}, { data })).toMatchObject({ text: "c-1 59" });
  });
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
  expect(told.warnings).toEqual([expect.stringMatching(/edit of a template was rejected: subject/)]);
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
