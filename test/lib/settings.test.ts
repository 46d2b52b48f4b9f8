import { App, RemovalPolicy, Stack } from "aws-cdk-lib";
import { describe, expect, test } from "vitest";
import { settingsOf } from "../../lib/settings.ts";

const settings = (context: Record<string, unknown>) => settingsOf(new Stack(new App({ context }), "Test"));

test("no setting is required", () => expect(settings({})).toEqual({}));

test.each([
  ["from", "hello@shop.example", { sender: { from: "hello@shop.example" } }],
  ["sesIdentity", "shop.example", { sesIdentity: "shop.example" }],
  [
    "sms",
    { sender: "arn:aws:sms-voice:eu-central-1:111122223333:pool/pool-1", rate: 3, maxPrice: 0.2 },
    { sms: { sender: "arn:aws:sms-voice:eu-central-1:111122223333:pool/pool-1", rate: 3, maxPrice: 0.2 } },
  ],
  [
    "whatsapp",
    {
      phoneNumberId: "phone-number-id-976c72",
      metaPhoneNumberId: "574086085794038",
      inbound: "arn:aws:sns:eu-central-1:111122223333:answers",
      rate: 20,
      metaApiVersion: "v24.0",
    },
    {
      whatsapp: {
        phoneNumberId: "phone-number-id-976c72",
        metaPhoneNumberId: "574086085794038",
        inbound: "arn:aws:sns:eu-central-1:111122223333:answers",
        rate: 20,
        metaApiVersion: "v24.0",
      },
    },
  ],
  ["removalPolicy", "destroy", { removalPolicy: RemovalPolicy.DESTROY }],
  ["removalPolicy", "retain", { removalPolicy: RemovalPolicy.RETAIN }],
  ["mailRate", "14", { mailRate: 14 }],
  ["mailRate", 0.5, { mailRate: 0.5 }],
  ["matcherConcurrency", "25", { matcherConcurrency: 25 }],
  ["unsubscribeConcurrency", "20", { unsubscribeConcurrency: 20 }],
  ["unsubscribeUrl", "https://leave.shop.example/", { unsubscribeUrl: "https://leave.shop.example/" }],
  ["logAllTransitions", "true", { logAllTransitions: true }],
  ["logAllTransitions", false, { logAllTransitions: false }],
  ["requireTests", "true", { requireTests: true }],
  ["matcherConcurrency", 25, { matcherConcurrency: 25 }],
  [
    "limits",
    '{"cap":[{"max":3,"within":"P7D","otherwise":"skip"}]}',
    { limits: { cap: [{ max: 3, within: "P7D", otherwise: "skip" }] } },
  ],
  [
    "limits",
    { quietHours: { from: "21:00", to: "08:00", otherwise: "delay" } },
    { limits: { quietHours: { from: "21:00", to: "08:00", otherwise: "delay" } } },
  ],
  [
    "timeScale",
    '{"factor":60,"real":"2026-01-01T00:00:00Z","virtual":"2026-01-01T00:00:00Z"}',
    { timeScale: { factor: 60, real: "2026-01-01T00:00:00Z", virtual: "2026-01-01T00:00:00Z" } },
  ],
])("%s=%s", (name, value, expected) => expect(settings({ [name]: value })).toEqual(expected));

test("replyTo is a list", () => {
  expect(settings({ from: "a@shop.example", replyTo: "b@shop.example, c@shop.example" })).toEqual({
    sender: { from: "a@shop.example", replyTo: ["b@shop.example", "c@shop.example"] },
  });
});

test("buses, topics and days become the construct's types", () => {
  const { eventBus, alarmTopic, eventRetention } = settings({
    eventBusName: "shop-events",
    alarmTopicArn: "arn:aws:sns:eu-central-1:123456789012:alarms",
    eventRetentionDays: "30",
  });
  expect(eventBus?.eventBusName).toBe("shop-events");
  expect(alarmTopic?.topicName).toBe("alarms");
  expect(eventRetention?.toDays()).toBe(30);
});

describe("an invalid setting is reported by its name", () => {
  test.each<[string, unknown]>([
    ["removalPolicy", "delete"],
    ["matcherConcurrency", "1"],
    ["matcherConcurrency", "many"],
    ["unsubscribeUrl", "http://leave.shop.example/"],
    ["unsubscribeConcurrency", "0"],
    ["logAllTransitions", "yes"],
    ["requireTests", "yes"],
    ["eventRetentionDays", "0"],
    ["eventRetentionDays", "1.5"],
    ["from", ""],
    ["replyTo", "help@shop.example"],
    ["limits", '{"cap":[{"max":0,"within":"P7D","otherwise":"skip"}]}'],
    ["limits", '{"quietHours":{"from":"21:00","to":"21:00","otherwise":"skip"}}'],
    ["whatsapp", { phoneNumberId: "574086085794038" }],
    ["whatsapp", { phoneNumberId: "phone-number-id-976c72", inbound: "arn:aws:sqs:eu-central-1:111122223333:answers" }],
    ["whatsapp", { phoneNumberId: "phone-number-id-976c72", number: "+15815555555" }],
    ["mailRate", "0"],
    ["mailRate", "fast"],
    ["timeScale", "60"],
    ["timeScale", "sixty"],
    ["timeScale", '{"factor":-1,"real":"2026-01-01T00:00:00Z","virtual":"2026-01-01T00:00:00Z"}'],
  ])("%s=%s", (name, value) => {
    expect(() => settings({ [name]: value })).toThrow(new RegExp(`settings .* are invalid: ${name}`));
  });
});
