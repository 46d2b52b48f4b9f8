/** The numbers that the sender of a message may have, by channel. */
import { expect, test } from "vitest";
import { senderNumbers } from "../../../lambdas/domain/inbound/sender-numbers.ts";

test.each([
  ["a number of Mexico, which WhatsApp writes with a 1", "+5215512345678", ["+525512345678"]],
  ["a number of Argentina, with a 9", "+5491123456789", ["+5491123456789", "+541123456789"]],
  ["an older number of Brazil, without the ninth digit", "+551187654321", ["+551187654321", "+5511987654321"]],
  ["a number of Brazil with nine digits", "+5511987654321", ["+5511987654321", "+551187654321"]],
  ["a landline of Brazil", "+551123456789", ["+551123456789"]],
  ["a number of another country", " +491713920001 ", ["+491713920001"]],
  ["a short code", "12345", []],
  ["a name", "AMAZON", []],
])("%s", (_, from, expected) => expect(senderNumbers(from, "whatsapp")).toEqual(expected));

test("a text message names the number itself", () =>
  expect(senderNumbers("+5491123456789", "sms")).toEqual(["+5491123456789"]));
