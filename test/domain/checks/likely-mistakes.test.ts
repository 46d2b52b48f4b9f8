/** Good documents that probably mean something else get a warning, and similar documents that mean it get none. */
import { describe, expect, test } from "vitest";
import { checkJourney, checkTemplate } from "../../../lambdas/domain/checks/check-journey.ts";
import { patched, problemsOf } from "./documents-with.ts";

const codesOf = (checked: ReturnType<typeof checkJourney> | ReturnType<typeof checkTemplate>) =>
  ("problems" in checked ? checked.problems : checked.warnings).map(({ code, severity }) => `${severity}: ${code}`);

const template = (html: string) =>
  codesOf(checkTemplate({ id: "t", channel: "email", class: "marketing", subject: "s", html }));
const condition = (where: object) =>
  codesOf(checkJourney(patched("journey", { "trigger.where": where }), new Set(["hello"])));

const placeholder = ["warning: foreign-placeholder"];

describe("a placeholder of another product", () => {
  test.each<[string, string, readonly string[]]>([
    ["Mailchimp", "<p>*|FNAME|*</p>", placeholder],
    ["Mailchimp, with a fallback", "<p>*|FNAME:friend|*</p>", placeholder],
    ["per cent signs", "<p>%name%</p>", placeholder],
    ["the same one twice", "<p>%name% %name%</p>", placeholder],
    ["two of them", "<p>%name% %city%</p>", [...placeholder, ...placeholder]],
    ["a text between asterisks", "<p>* | * FNAME</p>", []],
    ["an address with encoded letters", '<a href="https://shop.example/K%C3%A4se%20und%20Brot">x</a>', []],
    ["a width in a style", "<style>td{width:100%;height:50%}p{color:red}</style>", []],
    ["a share in a text", "<p>10% off, and 20% more</p>", []],
    ["the braces of Liquid", "<p>{{ customer.firstName }}</p>", []],
    ["braces that Liquid shows as they are", "<p>{% raw %}%name%{% endraw %}</p>", []],
    ["a price", "<p>€{{ event.total }} {{ event.currency }}</p>", []],
  ])("%s", (_, html, codes) => expect(template(html)).toEqual(codes));
});

describe("a character that makes a text message cost twice as much", () => {
  const costly = ["warning: costly-character"];
  const sms = (text: string, channel = "sms") =>
    codesOf(
      checkTemplate({ id: "t", channel, class: "marketing", ...(channel === "email" && { subject: "s" }), text }),
    );
  test.each<[string, string, readonly string[]]>([
    ["a curly apostrophe", "Ann, your parcel’s on its way", costly],
    ["an emoji", "Your order has left our house 🎉", costly],
    ["letters of German, and the euro", "Größe 42 für 30 €: schönes Wochenende!", []],
    ["a character inside Liquid, which is not sent", "Hello {{ customer.firstName | default: 'ami·e·s' }}", []],
    ["a text in another script", "Ваш заказ отправлен", []],
  ])("%s", (_, text, codes) => expect(sms(text)).toEqual(codes));

  test("not in an email", () => expect(sms("Ann, your parcel’s on its way", "email")).toEqual([]));
});

describe("the format of a date", () => {
  test.each<[string, string, readonly string[]]>([
    ["the form of Java", "{{ event.at | date: 'dd.MM.yyyy' }}", ["warning: date-format"]],
    ["per cent signs", "{{ event.at | date: '%d.%m.%Y' }}", []],
    ["a format from a variable", "{{ event.at | date: customer.format }}", []],
  ])("%s", (_, html, codes) => expect(template(html)).toEqual(codes));
});

describe("a comparison", () => {
  const unlikely = ["warning: unlikely-comparison"];
  const likePath = ["warning: text-like-path"];
  test.each<[string, object, readonly string[]]>([
    ["contains with a list", { field: "event.skus", operator: "contains", value: ["a"] }, unlikely],
    ["contains with one value", { field: "event.skus", operator: "contains", value: "a" }, []],
    ["equals with a list of words", { field: "customer.country", operator: "equals", value: ["DE"] }, unlikely],
    ["equals with the empty list", { field: "event.items", operator: "equals", value: [] }, []],
    ["equals with a list of objects", { field: "event.items", operator: "equals", value: [{ sku: "a" }] }, []],
    ["tags in oneOf", { field: "customer.tags", operator: "oneOf", value: ["vip"] }, unlikely],
    ["all tags at once", { field: "customer.tags", operator: "equals", value: ["vip"] }, []],
    ["tags that exist", { field: "customer.tags", operator: "exists" }, []],
    ["a range of numbers, turned round", { field: "event.total", operator: "between", value: [20, 10] }, unlikely],
    ["a range of numbers", { field: "event.total", operator: "between", value: [10, 20] }, []],
    [
      "a range of times whose text order differs",
      { field: "event.at", operator: "between", value: ["2026-01-01T23:00:00-05:00", "2026-01-02T03:30:00Z"] },
      unlikely,
    ],
    ["true in quotes", { field: "event.paid", operator: "equals", value: "true" }, unlikely],
    ["true without quotes", { field: "event.paid", operator: "equals", value: true }, []],
    ["a field as a text", { field: "customer.sku", operator: "equals", value: "event.sku" }, likePath],
    ["a field as a path", { field: "customer.sku", operator: "equals", value: { path: "event.sku" } }, []],
    ["a word in capitals", { field: "event.word", operator: "equals", value: "YES" }, unlikely],
    [
      "a word with a blank among others",
      { field: "event.word", operator: "oneOf", value: ["yes", "yes please"] },
      unlikely,
    ],
    ["an emoji as a word", { field: "event.word", operator: "equals", value: "👍" }, unlikely],
    ["words as answers have them", { field: "event.word", operator: "oneOf", value: ["yes", "да", "1"] }, []],
    ["a text in capitals", { field: "event.text", operator: "equals", value: "YES" }, []],
    ["a text with a dot", { field: "event.host", operator: "equals", value: "shop.example" }, []],
  ])("%s", (_, where, codes) => expect(condition(where)).toEqual(codes));
});

test("a warning about what is likely refuses nothing", () => {
  const row = { "trigger.where": { field: "event.skus", operator: "contains", value: ["a"] } };
  expect("value" in checkJourney(patched("journey", row), new Set(["hello"]))).toBe(true);
  expect(problemsOf("journey", patched("journey", row))).toEqual([]);
});
