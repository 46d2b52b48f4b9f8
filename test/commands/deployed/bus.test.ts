/** Events on the bus of a deployed stack. */
import { describe, expect, test } from "vitest";
import { DeployedStack } from "../../../stack/deployed/stack.ts";
import { outputs, settings } from "./given.ts";
import { type Answers, recorded } from "./recorded.ts";

describe("the bus", () => {
  const entry = { Source: "shop", DetailType: "seen", Detail: "{}" };
  const busWith = (answers: Answers) => {
    const stack = new DeployedStack(outputs, settings);
    return { stack, calls: recorded(stack.events, answers) };
  };

  test("accepts events, and reports each refused event with the reason", async () => {
    const Entries = [{ EventId: "1" }, { ErrorCode: "Throttled", ErrorMessage: "later" }];
    const { stack, calls } = busWith({ PutEventsCommand: { FailedEntryCount: 1, Entries } });
    expect(await stack.putEvents([entry, entry])).toEqual([undefined, "later (Throttled)"]);
    const sent = { EventBusName: "Bus", ...entry };
    expect(calls).toEqual([{ name: "PutEventsCommand", input: { Entries: [sent, sent] } }]);
  });

  test("publishing one event fails when the bus refuses it", async () => {
    const { stack, calls } = busWith({ PutEventsCommand: { Entries: [{ EventId: "1" }] } });
    await stack.publish("seen", { customerId: "ada" }, "journeys-cli");
    expect(calls[0]?.input).toMatchObject({
      Entries: [{ Source: "journeys-cli", DetailType: "seen", Detail: '{"customerId":"ada"}' }],
    });
    const refusing = busWith({ PutEventsCommand: { Entries: [{ ErrorCode: "Throttled" }] } }).stack;
    await expect(refusing.publish("seen", {})).rejects.toThrow("The bus refused seen:  (Throttled)");
  });
});
