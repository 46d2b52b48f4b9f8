/** The facts of an address: which report wins, and what lifting them does. */
import { describe, expect, test } from "vitest";
import {
  type AddressFacts,
  type AddressReport,
  lifted,
  strongestReport,
  unknownAddress,
  withReport,
  withStop,
} from "../../../lambdas/domain/customer/address-facts.ts";
import { addressHash } from "../../../lambdas/domain/customer/address-mark.ts";
import { unknownCustomer } from "../../../lambdas/domain/customer/customer.ts";
import { mayReceive } from "../../../lambdas/domain/messages/may-receive.ts";

const [early, late] = ["2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"];
const reported = (...reports: AddressReport[]) =>
  reports.reduce((facts, report) => withReport(facts, report, early), unknownAddress("hash"));
const customer = { ...unknownCustomer("c-1"), attributes: { email: "ann@mail.example" } };
const verdict = (facts: ReturnType<typeof reported>, kind: "marketing" | "transactional") =>
  mayReceive(customer, { channel: "email", class: kind, topic: undefined }, facts);

test.each<[AddressReport[], string | undefined, string | undefined]>([
  [[], undefined, undefined],
  [["complained"], "complained", undefined],
  [["suppressed"], "suppressed", "suppressed"],
  [["bounced"], "bounced", "bounced"],
  [["complained", "bounced"], "bounced", "bounced"],
  [["complained", "suppressed"], "suppressed", "suppressed"],
])("%j: marketing %s, transactional %s", (reports, marketing, transactional) => {
  const facts = reported(...reports);
  expect([verdict(facts, "marketing"), verdict(facts, "transactional")]).toEqual([marketing, transactional]);
});

describe("a report", () => {
  test("keeps the earliest time, and a repeated one changes nothing", () => {
    const facts = withReport(unknownAddress("hash"), "bounced", late);
    expect(withReport(facts, "bounced", late)).toBe(facts);
    expect(withReport(facts, "bounced", early).reports).toEqual({ bounced: early });
  });

  test("from before it was lifted has no effect; a later one has", () => {
    const facts = lifted(reported("bounced", "complained"), late);
    expect(strongestReport(facts, "email")).toBeUndefined();
    expect(withReport(facts, "bounced", early)).toBe(facts);
    expect(strongestReport(withReport(facts, "bounced", "2026-01-03T00:00:00.000Z"), "email")).toBe("bounced");
  });
});

describe("a STOP from the number", () => {
  const someone = (times: Record<string, string>, unsubscribedChannels?: string[]) => ({
    ...unknownCustomer("c-1"),
    attributes: { phone: "+491713920001", ...(unsubscribedChannels && { unsubscribedChannels }) },
    times,
  });
  const stop = withStop(unknownAddress("hash"), "sms", early);
  const verdict = (facts: AddressFacts, who = someone({}), channel: "sms" | "whatsapp" = "sms", kind = "marketing") =>
    mayReceive(who, { channel, class: kind as "marketing", topic: undefined }, facts);

  test.each([
    ["keeps marketing back from a customer whose list is not known", verdict(stop), "channel-unsubscribed"],
    ["keeps no transactional message back", verdict(stop, someone({}), "sms", "transactional"), undefined],
    ["is about its channel only", verdict(stop, someone({}), "whatsapp"), undefined],
    [
      "counts when the list is older",
      verdict(stop, someone({ unsubscribedChannels: "2025-01-01T00:00:00.000Z" }, [])),
      "channel-unsubscribed",
    ],
    ["counts no more when the list is newer", verdict(stop, someone({ unsubscribedChannels: late }, [])), undefined],
    ["counts no more when a person lifted it", verdict(lifted(stop, late)), undefined],
    [
      "counts again when it came after that",
      verdict(withStop(lifted(stop, early), "sms", late)),
      "channel-unsubscribed",
    ],
  ])("%s", (_, found, expected) => expect(found).toBe(expected));

  test("that is repeated, older or lifted changes nothing", () => {
    expect(withStop(stop, "sms", early)).toBe(stop);
    const newer = withStop(stop, "sms", late);
    expect(newer.stopped).toEqual({ sms: late });
    expect(withStop(newer, "sms", early)).toBe(newer);
    const free = lifted(stop, late);
    expect([free.stopped, withStop(free, "sms", early)]).toEqual([undefined, free]);
  });
});

test.each([
  ["sms", "opted-out"],
  ["whatsapp", undefined],
] as const)("a number that opted out of text messages: a message by %s is kept back by %s", (channel, reason) => {
  const owner = { ...unknownCustomer("c-1"), attributes: { phone: "+491701234567" } };
  const transactional = { channel, class: "transactional", topic: undefined } as const;
  expect(mayReceive(owner, transactional, reported("opted-out"))).toBe(reason);
});

test("what an earlier release stored with the customer counts until it is lifted", () => {
  const old = { ...customer, suppressed: { email: "Ann@Mail.example", reason: "bounced", at: early } as const };
  const template = { channel: "email", class: "marketing", topic: undefined } as const;
  expect(mayReceive(old, template, unknownAddress("hash"))).toBe("bounced");
  expect(mayReceive(old, template, lifted(unknownAddress("hash"), late))).toBeUndefined();
});

test("the hash depends on the address and the key, and reveals neither", () => {
  const hashes = [
    addressHash("a@mail.example", "k"),
    addressHash("b@mail.example", "k"),
    addressHash("a@mail.example", "l"),
  ];
  expect(new Set(hashes).size).toBe(3);
  expect(hashes[0]).toBe(addressHash("a@mail.example", "k"));
  expect(hashes[0]).toMatch(/^[\w-]{22}$/);
});
