/** One address has one form, and a text that could name two recipients has none. */
import { expect, test } from "vitest";
import { canonicalAddress } from "../../../lambdas/domain/customer/canonical-address.ts";

const spellings: [text: string, canonical: string][] = [
  ["ada@mail.example", "ada@mail.example"],
  ["  Ada.Lovelace+News@Mail.Example\n", "ada.lovelace+news@mail.example"],
  ["ada@bücher.example", "ada@xn--bcher-kva.example"],
  ["ada@BÜCHER.example", "ada@xn--bcher-kva.example"],
  ["ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"],
  ["ada@ｍａｉｌ.example", "ada@mail.example"],
  ["o'hara@mail.example", "o'hara@mail.example"],
  ["ada@localhost", "ada@localhost"],
];

test.each(spellings)("%j is %s", (text, canonical) => {
  expect(canonicalAddress(text)).toBe(canonical);
  expect(canonicalAddress(canonical)).toBe(canonical);
});

test.each([
  ["a full-width comma in the domain", "ada@a.example，b.example"],
  ["an encoded comma in the domain", "ada@x%2Cb.example"],
  ["an encoded comma beside other letters", "ada@bü%2Cb.example"],
  ["a full-width percent sign", "ada@bü％2Cb.example"],
  ["two addresses", "ada@a.example,ben@b.example"],
  ["two addresses with a semicolon", "ada@a.example;ben@b.example"],
  ["a second address behind a path", "ada@bücher.example/x,ben@b.example"],
  ["a port", "ada@bücher.example:25"],
  ["a user in front of the domain", "ada@ben@b.example"],
  ["a local part outside ASCII", "müller@mail.example"],
  ["a full-width local part", "ａｄａ@mail.example"],
  ["a line break", "ada@mail.example\r\nBcc: ben@mail.example"],
  ["a line break of Unicode", "ada@mail\u2028.example"],
  ["a display name", "Ada <ada@mail.example>"],
  ["a quoted local part", '"ada, ben"@mail.example'],
  ["an address literal", "ada@[127.0.0.1]"],
  ["a number as the domain", "ada@127.0.0.1"],
  ["a full-width number as the domain", "ada@１２７.１"],
  ["a hidden character in the local part", "a\u00adda@mail.example"],
  ["a blank", "a da@mail.example"],
  ["no local part", "@mail.example"],
  ["no domain", "ada@"],
  ["no at sign", "ada"],
  ["nothing", ""],
  ["a dot at the end", "ada@mail.example."],
  ["an encoded word, of which a mail program may make two addresses", "=?utf-8?q?ben=40b.example=2c?=@mail.example"],
  ["an encoded word in the middle", "a=?utf-8?b?ZXZl?=b@mail.example"],
  ["two dots", "ada@mail..example"],
])("%s has no canonical form", (_, text) => expect(canonicalAddress(text)).toBeUndefined());
