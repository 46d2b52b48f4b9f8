/** The channel `whatsapp` of the stack: off unless it is set, and then with the least rights. */
import { describe, expect, test } from "vitest";
import { defaultStack, synthesized } from "./stack.ts";

const phoneNumberId = "phone-number-id-976c72a700aac43eaf573ae050example";
const ADVANCE = "Advance/FunctionRole";
const REPORTS = ["Sent", "Delivered", "Read", "Failed", "Undeliverable"].map((kind) => `WhatsApp Message ${kind}`);

test("a stack without the setting has no right and no rule for WhatsApp", () => {
  const stack = defaultStack();
  expect(stack.permissions(ADVANCE).filter((permission) => permission.includes("social-messaging"))).toEqual([]);
  expect(JSON.stringify(stack.ofType("AWS::Events::Rule"))).not.toContain("social-messaging");
});

test("the stack records no data events, which would hold the messages", () =>
  expect(synthesized({ whatsapp: { phoneNumberId } }).ofType("AWS::CloudTrail::Trail")).toEqual([]));

describe("a stack with the setting", () => {
  const patterns = (more: object = {}) =>
    synthesized({ whatsapp: { phoneNumberId, ...more } })
      .ofType("AWS::Events::Rule")
      .map(({ properties }) => properties.EventPattern as Record<string, unknown>)
      .filter((pattern) => JSON.stringify(pattern ?? {}).includes("social-messaging"));

  test("may send from its number only", () =>
    expect(
      synthesized({ whatsapp: { phoneNumberId } })
        .permissions(ADVANCE)
        .filter((permission) => permission.includes("social-messaging")),
    ).toEqual([
      "Allow social-messaging:SendWhatsAppMessage on arn:Partition:social-messaging:Region:AccountId:phone-number-id/976c72a700aac43eaf573ae050example",
    ]));

  test("receives the reports of the account", () =>
    expect(patterns()).toEqual([{ source: ["aws.social-messaging"], "detail-type": REPORTS }]));

  test("receives the reports about its number only, when Meta's id of the number is known", () =>
    expect(patterns({ metaPhoneNumberId: "574086085794038" })).toEqual([
      {
        source: ["aws.social-messaging"],
        "detail-type": REPORTS,
        detail: { originationPhoneNumberId: ["574086085794038"] },
      },
    ]));
});

describe("a stack that receives the messages of customers", () => {
  const messages = "MessageStatus/FunctionRole";
  const added = (role: string, inbound: true | string) => {
    const before = synthesized({ whatsapp: { phoneNumberId } }).permissions(role);
    return synthesized({ whatsapp: { phoneNumberId, inbound } })
      .permissions(role)
      .filter((permission) => !before.includes(permission))
      .sort();
  };

  test("lets message-status check customers, read the key of the numbers and write to the queue of events, and advance nothing more", () => {
    expect(added(messages, true)).toEqual([
      "Allow dynamodb:ConditionCheckItem on Tables/Customers.Arn",
      "Allow secretsmanager:GetSecretValue on AddressKey/Key",
      "Allow sqs:SendMessage on Events/Queue.Arn",
    ]);
    expect(added(ADVANCE, true)).toEqual([]);
  });

  test("has a topic that only the service of this account may publish to, with encrypted transport", () => {
    const stack = synthesized({ whatsapp: { phoneNumberId, inbound: true } });
    const [policy, ...others] = stack.ofType("AWS::SNS::TopicPolicy");
    expect(others).toEqual([]);
    expect((policy?.properties.PolicyDocument as { Statement: unknown[] } | undefined)?.Statement).toMatchObject([
      { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } },
      {
        Effect: "Allow",
        Principal: { Service: "social-messaging.amazonaws.com" },
        Action: "sns:Publish",
        Condition: { StringEquals: { "aws:SourceAccount": expect.anything() } },
      },
    ]);
    expect(stack.outputs.WhatsappTopicArn).toBe("Whatsapp/Answers");
  });

  const given = "arn:aws:sns:eu-central-1:111122223333:answers";
  const sender = "arn:aws:sms-voice:eu-central-1:111122223333:pool/shop";
  test.each([
    ["its topic", { whatsapp: { phoneNumberId, inbound: true } }, ["Whatsapp/Answers"]],
    ["a given topic", { whatsapp: { phoneNumberId, inbound: given } }, [given]],
    [
      "a given topic once, when text messages come through it too",
      { whatsapp: { phoneNumberId, inbound: given }, sms: { sender, inbound: given } },
      [given],
    ],
    [
      "a topic of each channel",
      { whatsapp: { phoneNumberId, inbound: true }, sms: { sender, inbound: true } },
      ["Sms/Answers", "Whatsapp/Answers"],
    ],
  ])("subscribes its queue of reports to %s", (_, settings, topics) => {
    const subscriptions = synthesized(settings).ofType("AWS::SNS::Subscription");
    expect(subscriptions.map(({ properties }) => properties.TopicArn)).toEqual(topics);
    for (const { properties } of subscriptions)
      expect(properties).toMatchObject({ Protocol: "sqs", RedrivePolicy: expect.anything() });
  });

  test("without the setting there is no topic, and message-status may not read the key of the numbers", () => {
    const stack = synthesized({ whatsapp: { phoneNumberId } });
    expect([...stack.ofType("AWS::SNS::Topic"), ...stack.ofType("AWS::SNS::Subscription")]).toEqual([]);
    expect(stack.permissions(messages).filter((each) => each.includes("secretsmanager"))).toEqual([]);
    expect(stack.outputs.WhatsappTopicArn).toBeUndefined();
  });
});
