/** The traits of each channel, and that they are consistent. */
import { describe, expect, test } from "vitest";
import { unknownCustomer } from "../../../lambdas/domain/customer/customer.ts";
import { channels, isChannel } from "../../../lambdas/domain/messages/channel.ts";
import { traitsOf } from "../../../lambdas/domain/messages/channel-traits.ts";
import { statuses } from "../../../lambdas/domain/messages/message-status.ts";
import { addressOf } from "../../../lambdas/domain/messages/recipient.ts";

const ann = { ...unknownCustomer("c-1"), attributes: { email: "ann@shop.example", phone: "+491701234567" } };

test("only the names of channels are channels", () => {
  expect(channels.every(isChannel)).toBe(true);
  expect(["fax", "", undefined, "constructor", 0].some(isChannel)).toBe(false);
});

describe.each(channels)("%s", (channel) => {
  const { reports } = traitsOf(channel);
  const address = addressOf(channel);
  test("reports statuses that exist, and sent among them", () => {
    expect(reports.filter((status) => !statuses.includes(status))).toEqual([]);
    expect(reports).toContain("sent");
  });
  test("finds a good address, if it has addresses", () => {
    const to = address?.of(ann);
    expect(to === undefined || address?.canonical(to)).toBe(to === undefined ? true : to);
    expect(address?.of(unknownCustomer("c-2"))).toBeUndefined();
  });
});

test("email needs an address and is not idempotent; an app's channel needs no address and is idempotent", () => {
  expect(addressOf("email")?.of(ann)).toBe("ann@shop.example");
  expect(addressOf("email")?.canonical("ann@shop.example, bob@shop.example")).toBeUndefined();
  expect(traitsOf("email").idempotent).toBe(false);
  expect(addressOf("event")).toBeUndefined();
  expect(traitsOf("event").idempotent).toBe(true);
});

test("a text message needs a number, and is not idempotent", () => {
  expect(addressOf("sms")?.of(ann)).toBe("+491701234567");
  expect(addressOf("sms")?.canonical("0170 1234567")).toBeUndefined();
  expect(traitsOf("sms").idempotent).toBe(false);
});
