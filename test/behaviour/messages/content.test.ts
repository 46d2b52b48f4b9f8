/** Journey format §1.6: the content of a message. */
import { describe, expect, test } from "vitest";
import { on } from "../scenario-of.ts";
import { message } from "./sending.ts";

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
