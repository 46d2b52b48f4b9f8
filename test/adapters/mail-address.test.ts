/** Addresses as SES takes them. `email.test.ts` has their forms. */
import { expect, test } from "vitest";
import { mailAddress } from "../../lambdas/adapters/mail-address.ts";

test.each([
  ["an address", "hello@shop.example", "hello@shop.example"],
  ["a name and an address", "Shop  <hello@shop.example>", "Shop <hello@shop.example>"],
  ["an address in brackets", "<hello@shop.example>", "hello@shop.example"],
])("%s", (_, text, expected) => expect(mailAddress(text)).toBe(expected));

// A pattern that tries every blank as the end of the name would not end here.
test("a name with many blanks is read once", () => {
  const blanks = " ".repeat(300_000);
  expect(mailAddress(`a${blanks}b <x@y.example>`)).toBe(`a${blanks}b <x@y.example>`);
});
