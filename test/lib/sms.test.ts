/** The channel `sms` of the stack: off unless it is set, and then with the least rights. */
import { describe, expect, test } from "vitest";
import { defaultStack, synthesized } from "./stack.ts";

const sender = "arn:aws:sms-voice:eu-central-1:111122223333:pool/pool-1";
const ADVANCE = "Advance/FunctionRole";

test("a stack without the setting has no right and no rule for text messages", () => {
  const stack = defaultStack();
  expect(stack.permissions(ADVANCE).filter((permission) => permission.includes("sms-voice"))).toEqual([]);
  expect(JSON.stringify(stack.ofType("AWS::Events::Rule"))).not.toContain("sms-voice");
});

describe("a stack with the setting", () => {
  const permissions = (setting: object = {}) =>
    synthesized({ sms: { sender, ...setting } })
      .permissions(ADVANCE)
      .filter((permission) => permission.includes("sms-voice"));

  test("may send from its sender only", () =>
    expect(permissions()).toEqual([`Allow sms-voice:SendTextMessage on ${sender}`]));

  test("may also use its protect configuration", () =>
    expect(permissions({ protectConfigurationId: "protect-1" }).sort()).toEqual([
      "Allow sms-voice:SendTextMessage on arn:Partition:sms-voice:Region:AccountId:protect-configuration/protect-1",
      `Allow sms-voice:SendTextMessage on ${sender}`,
    ]));

  test("lets exit-evaluator list the numbers of customers under their hash, with the rights of every stack", () => {
    const [without, stack] = [defaultStack(), synthesized({ sms: { sender } })];
    const role = "ExitEvaluator/FunctionRole";
    expect(stack.permissions(role).toSorted()).toEqual(without.permissions(role).toSorted());
    const lists = [without, stack].map((each) => JSON.stringify(each.ofType("AWS::Lambda::Function")));
    expect(lists.map((functions) => functions.includes('"LIST_NUMBERS":"true"'))).toEqual([false, true]);
  });

  test("receives the reports about its own messages", () => {
    const rules = synthesized({ sms: { sender } }).ofType("AWS::Events::Rule");
    const patterns = rules.map(({ properties }) => properties.EventPattern as Record<string, unknown>);
    expect(patterns.filter((pattern) => JSON.stringify(pattern ?? {}).includes("sms-voice"))).toEqual([
      {
        source: ["aws.sms-voice"],
        "detail-type": ["Text Message Delivery Status Updated"],
        detail: { context: { stack: [expect.anything()] } },
      },
    ]);
  });
});

describe("a stack that receives answers", () => {
  const messages = "MessageStatus/FunctionRole";
  const added = (role: string, inbound: true | string) => {
    const before = synthesized({ sms: { sender } }).permissions(role);
    return synthesized({ sms: { sender, inbound } })
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
    const stack = synthesized({ sms: { sender, inbound: true } });
    const [policy, ...others] = stack.ofType("AWS::SNS::TopicPolicy");
    expect(others).toEqual([]);
    expect(policy?.properties.PolicyDocument).toMatchObject({ Statement: expect.any(Array) });
    expect((policy?.properties.PolicyDocument as { Statement: unknown[] } | undefined)?.Statement).toMatchObject([
      { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } },
      {
        Effect: "Allow",
        Principal: { Service: "sms-voice.amazonaws.com" },
        Action: "sns:Publish",
        Condition: { StringEquals: { "aws:SourceAccount": expect.anything() } },
      },
    ]);
  });

  test("subscribes its queue of reports to the topic; what cannot be delivered goes to the dead-letter queue", () => {
    const given = "arn:aws:sns:eu-central-1:111122223333:answers";
    for (const inbound of [true, given] as const) {
      const [subscription, ...others] = synthesized({ sms: { sender, inbound } }).ofType("AWS::SNS::Subscription");
      expect(others).toEqual([]);
      expect(subscription?.properties).toMatchObject({ Protocol: "sqs", RedrivePolicy: expect.anything() });
      if (inbound === given) expect(subscription?.properties.TopicArn).toBe(given);
    }
  });

  test("without the setting there is no topic", () => {
    const stack = synthesized({ sms: { sender } });
    expect([...stack.ofType("AWS::SNS::Topic"), ...stack.ofType("AWS::SNS::Subscription")]).toEqual([]);
  });
});
