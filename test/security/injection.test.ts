/** Attacks by data: headers, HTML, templates, depth, and the names of prototype members. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { messageTags } from "../../lambdas/adapters/message-tags.ts";
import { matchEvent } from "../../lambdas/app/entry/match-event.ts";
import { advanceEnrollment } from "../../lambdas/app/walk/advance-enrollment.ts";
import { evaluate } from "../../lambdas/domain/conditions/evaluate.ts";
import { customerView, unknownCustomer } from "../../lambdas/domain/customer/customer.ts";
import { unsubscribeUrl } from "../../lambdas/domain/customer/unsubscribe-link.ts";
import { render } from "../../lambdas/domain/messages/render.ts";
import type { JsonObject } from "../../lambdas/domain/values/json.ts";
import { eventOf, START, World } from "../app/world.ts";
import { journey, lasting, on } from "../behaviour/scenario-of.ts";
import { received } from "./received.ts";

describe("injection", () => {
  const scope = (customer: JsonObject, event: JsonObject = {}) => ({
    customer,
    event,
    data: {},
    journey: { id: "j", name: "J" },
    now: START,
    timezone: "UTC",
    unsubscribeUrl: "https://u.example",
  });
  const template = { id: "t", channel: "email", class: "marketing" } as const;

  test("a subject stays one line, whatever the customer's name is", () => {
    const { subject } = render(
      { ...template, subject: "Hi {{ customer.name }}", text: "x" },
      scope({ name: "Ann\r\nBcc: eve@mail.example\u2028\u0000x" }),
    );
    expect(subject).toBe("Hi Ann Bcc: eve@mail.example x");
  });

  test("a customer's value is text in html, and is never parsed as a template", () => {
    const said = "<script>alert(1)</script>{{ customer.email }}";
    const { html } = render(
      { ...template, subject: "x", html: "<p>{{ customer.name }} {{ event.name }}</p>" },
      scope({ name: said, email: "ann@shop.example" }, { name: said }),
    );
    expect(html).not.toContain("<script>");
    expect(html).not.toContain("ann@shop.example");
  });

  test.each([
    ["ann@shop.example\r\nBcc: eve@mail.example", "no-address"],
    ["ann@shop.example, eve@mail.example", "bad-address"],
    ["ann@shop.example; eve@mail.example", "bad-address"],
    ["Ann <eve@mail.example>", "bad-address"],
    ["\u0000", "no-address"],
    ["", "no-address"],
  ])("%j is skipped: %s", async (address, reason) => {
    const world = new World();
    await world.publish(journey({ components: { mail: { type: "sendTemplate", template: "receipt" } } }));
    await matchEvent(eventOf("start", { changes: { email: address } }), world.ports);
    await world.run();
    expect(world.sent).toEqual([]);
    expect((await world.only()).messages).toMatchObject([{ state: "skipped", reason }]);
  });

  test("links and tags have only characters that headers allow, whatever the customer's id is", () => {
    const anybody = fc.string({ minLength: 1, maxLength: 128, unit: "grapheme" }).filter((id) => id.isWellFormed());
    fc.assert(
      fc.property(anybody, (customerId) => {
        expect(unsubscribeUrl({ url: "https://u.example/", secret: "s" }, { customerId })).toMatch(
          /^[\x21-\x3b\x3d\x3f-\x7e]+$/,
        );
        const claim = { customerId, enrollmentId: "e", journeyId: "j", componentId: "c", messageId: "e-0" };
        for (const { Value } of messageTags(claim)) expect(Value).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});

describe("JSON that is too large or too deep", () => {
  const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
  const whole = (member: string, value: string) =>
    `{"id":"d","source":"shop","detail-type":"start","time":"${START}","detail":{"customerId":"c-1","${member}":${value}}}`;

  test.each([
    ["data", 100],
    ["data", 40_000],
    ["customer", 100],
    ["customer", 40_000],
  ])("%s of %d levels is put aside with the reason", async (member, depth) => {
    const { world, problems } = await received(whole(member, deep(depth)));
    expect(problems).toMatchObject([{ code: "too-deep" }]);
    expect([...world.store.all()]).toEqual([]);
  });

  test("data of 20 levels is an event like any other", async () => {
    const { world, problems } = await received(whole("data", deep(20)));
    expect(problems).toEqual([]);
    expect((await world.only()).status).toBe("active");
  });

  test.each([
    ["customerId", `"${"x".repeat(129)}"`],
    ["id", `"${"x".repeat(257)}"`],
  ])("%s that is too long is put aside, and the problem quotes it in short", async (member, value) => {
    const { problems } = await received(
      whole(member, value).replace('"customerId":"c-1","customerId"', '"customerId"'),
    );
    expect(problems[0]?.path).toBe(`detail.${member}`);
    expect(problems[0]?.message.length).toBeLessThan(500);
  });
});

describe("prototype keys", () => {
  const keys = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"];
  const poisoned = (more = "") =>
    JSON.parse(
      `{${keys.map((key) => `"${key}":{"total":99,"country":"DE","polluted":true}`).join(",")}${more}}`,
    ) as JsonObject;

  test.each(keys.flatMap((key) => [`event.${key}`, `event.${key}.total`, `customer.${key}.name`, `customer.${key}`]))(
    "%s does not exist when no event set it",
    (field) => {
      const facts = { now: START, event: { total: 1 }, customer: customerView(unknownCustomer("c-1")) };
      expect(evaluate({ field, operator: "exists" }, facts)).toBe(false);
    },
  );

  test("in an event, they change neither a decision nor Object.prototype", async () => {
    const world = new World();
    const fits = { field: "event.total", operator: "greaterThan", value: 20 };
    const german = { field: "customer.country", operator: "equals", value: "DE" };
    await world.publish(lasting({ trigger: { event: "start", where: { any: [fits, german] }, key: "event.cart" } }));
    for (const [id, data, changes] of [
      ["plain", { total: 1 }, { country: "FR" }],
      ["poisoned", poisoned(',"total":1'), poisoned(',"country":"FR"')],
    ] as const)
      await matchEvent(eventOf("start", { id, data, changes }), world.ports);
    await world.run();
    expect(world.reasons()).toEqual(["where-false", "where-false"]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.getPrototypeOf((await world.store.customer("c-1")).attributes)).toBe(Object.prototype);
  });

  test("a template cannot read them", () => {
    const text = keys.map((key) => `{{ customer.${key} }}{{ event.${key}.name }}{{ ${key} }}`).join("");
    const facts = { customer: {}, event: {}, data: {}, journey: { id: "j", name: "J" }, now: START };
    const rendered = render(
      { id: "t", channel: "email", class: "marketing", subject: "x", text },
      { ...facts, timezone: "UTC", unsubscribeUrl: "" },
    );
    expect(rendered.text).toBe("");
  });
});

describe("a template that does too much is skipped before its message is claimed, and the customer goes on", () => {
  test.each([
    [
      "a loop without end",
      "{% for a in (1..9999) %}{% for b in (1..9999) %}{{ a | times: b }}{% endfor %}{% endfor %}",
      {},
    ],
    [
      "an event of 216 kB that an ordinary template makes into 400 MB",
      "{% for l in event.lines %}{{ l.t }} for {{ event.buyer }}{% endfor %}",
      { buyer: "b".repeat(200_000), lines: Array.from({ length: 2_000 }, () => ({ t: "" })) },
    ],
  ])("%s", async (_, text, data) => {
    const world = new World({ still: true });
    world.put({ id: "hello", channel: "email", class: "marketing", subject: "x", text } as Parameters<World["put"]>[0]);
    await world.publish(journey({ components: { mail: { type: "sendTemplate", template: "hello" } } }));
    await advanceEnrollment(await world.enter({ data }), world.ports);
    expect(world.sent).toEqual([]);
    expect(await world.only()).toMatchObject({
      status: "completed",
      messages: [{ state: "skipped", reason: "not-renderable" }],
    });
    expect(world.clock.now()).toBe(on("01-05 10:00"));
  });
});
