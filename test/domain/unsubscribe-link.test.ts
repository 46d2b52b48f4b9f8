/** The unsubscribe link names the customer, and nobody can make one for somebody else. */
import { describe, expect, test } from "vitest";
import { customerOf, tokenFor, unsubscribeUrl } from "../../lambdas/domain/unsubscribe-link.ts";

const secret = "secret";

test.each(["c-1", "ünïcode 🙂", "a.b", "x".repeat(128)])("%s finds their way back", (customerId) => {
  const token = tokenFor(customerId, secret);
  expect(token).toMatch(/^[\w-]+\.[\w-]+$/);
  expect(customerOf(token, secret)).toBe(customerId);
  expect(unsubscribeUrl({ url: "https://u.example/", secret }, customerId)).toBe(`https://u.example/?token=${token}`);
});

describe("names nobody", () => {
  const [name, signature] = tokenFor("c-1", secret).split(".");
  const other = tokenFor("c-2", secret).split(".");
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
    ["another secret's", tokenFor("c-1", "other")],
  ])("%s", (_, token) => expect(customerOf(token, secret)).toBeUndefined());
});
