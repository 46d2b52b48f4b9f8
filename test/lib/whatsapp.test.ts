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
