/** The unsubscribe link names the customer, and nobody can forge one for another customer. */
import { describe, expect, test } from "vitest";
import { recipientOf, tokenFor, unsubscribeUrl } from "../../../lambdas/domain/customer/unsubscribe-link.ts";

const secret = "secret";

describe.each([undefined, "news", "weekly-tips-2"])("about %s", (topic) => {
  test.each(["c-1", "ünïcode 🙂", "a.b", "x".repeat(128)])("%s finds their way back", (customerId) => {
    const recipient = { customerId, ...(topic !== undefined && { topic }) };
    const token = tokenFor(recipient, secret);
    expect(token).toMatch(/^[\w-]+(\.[\w-]+){1,2}$/);
    expect(recipientOf(token, secret)).toEqual(recipient);
    expect(unsubscribeUrl({ url: "https://u.example/", secret }, recipient)).toBe(`https://u.example/?token=${token}`);
  });
});

describe("names nobody", () => {
  const [name, signature] = tokenFor({ customerId: "c-1" }, secret).split(".");
  const other = tokenFor({ customerId: "c-2" }, secret).split(".");
  const [, topic, about] = tokenFor({ customerId: "c-1", topic: "news" }, secret).split(".");
  test.each([
    ["nothing", undefined],
    ["an empty text", ""],
    ["no signature", name],
    ["an empty signature", `${name}.`],
    ["no name", `.${signature}`],
    ["another's signature", `${name}.${other[1]}`],
    ["another's name", `${other[0]}.${signature}`],
    ["a shorter signature", `${name}.${signature?.slice(0, 10)}`],
    ["something after it", `${name}.${signature}.x`],
    ["another secret's", tokenFor({ customerId: "c-1" }, "other")],
    ["another topic", `${name}.offers.${about}`],
    ["a topic under a signature for everything", `${name}.${topic}.${signature}`],
    ["everything under a signature for a topic", `${name}.${about}`],
    ["a topic that is none", tokenFor({ customerId: "c-1", topic: "<b>" }, secret)],
    ["two topics", tokenFor({ customerId: "c-1", topic: "a.b" }, secret)],
  ])("%s", (_, token) => expect(recipientOf(token, secret)).toBeUndefined());
});
