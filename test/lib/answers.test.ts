/** A stack that receives what customers write: the topic of each channel, who may publish to it, and what it adds to the roles. */
import { beforeAll, describe, expect, test } from "vitest";
import { type Synthesized, synthesized } from "./stack.ts";

const sms = { sender: "arn:aws:sms-voice:eu-central-1:111122223333:pool/shop" };
const whatsapp = { phoneNumberId: "phone-number-id-976c72a700aac43eaf573ae050example" };
const given = "arn:aws:sns:eu-central-1:111122223333:answers";
const messages = "MessageStatus/FunctionRole";

/** The topics that the queue of reports is subscribed to. What cannot be delivered goes to the dead-letter queue. */
const subscriptionsOf = (stack: Synthesized) =>
  stack.ofType("AWS::SNS::Subscription").map(({ properties }) => {
    expect(properties).toMatchObject({ Protocol: "sqs", RedrivePolicy: expect.anything() });
    return properties.TopicArn;
  });

describe.each([
  {
    channel: "sms",
    service: "sms-voice.amazonaws.com",
    output: "SmsTopicArn",
    topic: "Sms/Answers",
    setting: (inbound?: true | string) => ({ sms: { ...sms, inbound } }),
  },
  {
    channel: "whatsapp",
    service: "social-messaging.amazonaws.com",
    output: "WhatsappTopicArn",
    topic: "Whatsapp/Answers",
    setting: (inbound?: true | string) => ({ whatsapp: { ...whatsapp, inbound } }),
  },
])("a stack that receives answers by $channel", ({ service, output, topic, setting }) => {
  let off: Synthesized;
  let on: Synthesized;
  beforeAll(() => {
    [off, on] = [synthesized(setting()), synthesized(setting(true))];
  });
  const added = (role: string) =>
    on
      .permissions(role)
      .filter((permission) => !off.permissions(role).includes(permission))
      .sort();

  test("lets message-status check customers, read the key of the numbers and write to the queue of events, and advance nothing more", () => {
    expect(added(messages)).toEqual([
      "Allow dynamodb:ConditionCheckItem on Tables/Customers.Arn",
      "Allow secretsmanager:GetSecretValue on AddressKey/Key",
      "Allow sqs:SendMessage on Events/Queue.Arn",
    ]);
    expect(added("Advance/FunctionRole")).toEqual([]);
  });

  test("has a topic that only the service of this account may publish to, with encrypted transport", () => {
    const [policy, ...others] = on.ofType("AWS::SNS::TopicPolicy");
    expect(others).toEqual([]);
    expect((policy?.properties.PolicyDocument as { Statement: unknown[] } | undefined)?.Statement).toMatchObject([
      { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } },
      {
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sns:Publish",
        Condition: { StringEquals: { "aws:SourceAccount": expect.anything() } },
      },
    ]);
    expect(on.outputs[output]).toBe(topic);
    expect(subscriptionsOf(on)).toEqual([topic]);
  });

  test("without the setting has no topic, and message-status may not read the key of the numbers", () => {
    expect([...off.ofType("AWS::SNS::Topic"), ...subscriptionsOf(off)]).toEqual([]);
    expect(off.permissions(messages).filter((each) => each.includes("secretsmanager"))).toEqual([]);
    expect(off.outputs[output]).toBeUndefined();
  });

  test("with a given topic has no topic of its own", () => {
    const stack = synthesized(setting(given));
    expect(stack.ofType("AWS::SNS::Topic")).toEqual([]);
    expect(stack.outputs[output]).toBe(given);
    expect(subscriptionsOf(stack)).toEqual([given]);
  });
});

test.each<[string, true | string, string[]]>([
  ["a given topic once", given, [given]],
  ["a topic of each channel", true, ["Sms/Answers", "Whatsapp/Answers"]],
])("a stack with both channels subscribes its queue of reports to %s", (_, inbound, topics) =>
  expect(subscriptionsOf(synthesized({ sms: { ...sms, inbound }, whatsapp: { ...whatsapp, inbound } }))).toEqual(
    topics,
  ),
);
