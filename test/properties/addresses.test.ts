/**
 * Journey format §2: whether mail to an address may be sent is a fact of the address, in every spelling. A text that is not
 * exactly one address gets no mail.
 */
import { domainToASCII } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalAddress } from "../../lambdas/domain/customer/canonical-address.ts";
import { type Document, event, journey, start, status, tell } from "../behaviour/scenario-of.ts";
import { long, runs } from "./runs.ts";

/** "ß" has no capital letter: "SS" is another domain. */
const upperCase = (letter: string) => (letter.toUpperCase().length === letter.length ? letter.toUpperCase() : letter);
const inAnyCase = (text: string) =>
  fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((isUpper) => [...text].map((letter, index) => (isUpper[index] ? upperCase(letter) : letter)).join(""));
const blanks = fc.constantFrom("", " ", "  ", "\t", "\n", " \r\n", "\u00a0");
const local = fc.stringMatching(/^[a-z0-9][a-z0-9._+'-]{0,20}$/);
const label = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,10}[a-z0-9]$/).filter((text) => !/^..--/.test(text));
const international = fc.constantFrom("bücher", "müller-söhne", "пример", "例え", "ελλάδα", "straße-9", "ñandú");
const domain = fc.tuple(fc.oneof(label, international), fc.constantFrom("example", "shop.example", "co.example"));

/** Two spellings of one address. */
const spellings = fc.tuple(local, domain).chain(([name, [first, rest]]) => {
  const unicode = `${first}.${rest}`;
  const spelled = fc
    .tuple(fc.constantFrom(unicode, domainToASCII(unicode)), blanks, blanks)
    .chain(([host, before, after]) => inAnyCase(`${name}@${host}`).map((text) => `${before}${text}${after}`));
  return fc.tuple(spelled, spelled);
});

test("each spelling of an address has the same canonical form, which is its own", long, () => {
  fc.assert(
    fc.property(spellings, ([one, other]) => {
      const canonical = canonicalAddress(one);
      expect(canonical).toMatch(/^[a-z0-9._+'-]+@[a-z0-9.-]+$/);
      expect(canonicalAddress(other)).toBe(canonical);
      expect(canonicalAddress(canonical ?? "")).toBe(canonical);
    }),
    runs(300),
  );
});

test("two addresses have two canonical forms", long, () => {
  const plain = fc.tuple(local, label).map(([name, host]) => `${name}@${host}.example`);
  fc.assert(
    fc.property(plain, plain, (one, other) => {
      expect(canonicalAddress(one) === canonicalAddress(other)).toBe(one === other);
    }),
    runs(300),
  );
});

test("any text has one harmless address or none", long, () => {
  const sign = fc.constantFrom(..."@,;:<>\"'()[]\\ \r\n\u2028．，＠。｡%=?_-.+/#");
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc
      .array(fc.oneof(sign, fc.string({ unit: "grapheme", maxLength: 3 }), fc.constantFrom("ada", "b.example")), {
        maxLength: 9,
      })
      .map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(text, (given) => {
      const canonical = canonicalAddress(given);
      if (canonical === undefined) return;
      expect(canonical).toMatch(/^[\x21-\x7e]+$/);
      expect(canonical).not.toMatch(/[,;:<>"()[\]\\]/);
      expect(canonical.split("@")).toHaveLength(2);
      expect(canonicalAddress(canonical)).toBe(canonical);
    }),
    runs(700),
  );
});

describe("a report about one spelling", () => {
  const mail = (template: string) =>
    journey({ components: { mail: { type: "sendTemplate", template } }, trigger: { event: "start", entry: "always" } });
  const enters = (at: string, customerId: string) => start(at, { customerId, id: `${customerId} ${at}` });

  test.each([
    ["bounced", "hello", "mail skipped (bounced)"],
    ["bounced", "receipt", "mail skipped (bounced)"],
    ["complained", "hello", "mail skipped (complained)"],
    ["complained", "receipt", "mail done"],
  ])("%s, then %s to another spelling, or to another customer: %s", long, async (report, template, expected) => {
    await fc.assert(
      fc.asyncProperty(spellings, fc.boolean(), async ([one, other], isSameCustomer) => {
        const customerId = isSameCustomer ? "c-1" : "c-2";
        const events: Document[] = [
          enters("01-05 10:00", "c-1"),
          event("01-06 10:00", "moved", { customerId, customer: { email: other } }),
          enters("01-07 10:00", customerId),
        ];
        const { story } = await tell({
          journeys: [mail(template)],
          customers: [{ customerId: "c-1", email: one }],
          events,
          statuses: [status("01-05 11:00", "mail", report)],
        });
        expect(story.filter((line) => line.startsWith("01-07")).join()).toContain(expected);
      }),
      runs(8),
    );
  });
});
