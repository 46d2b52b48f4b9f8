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
