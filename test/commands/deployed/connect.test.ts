/** The connection to a deployed stack: its outputs, and what they configure. */
import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { afterAll, describe, expect, test } from "vitest";
import { dynamodb } from "../../../lambdas/adapters/dynamodb/client.ts";
import { connect } from "../../../stack/deployed/connect.ts";
import { DeployedStack } from "../../../stack/deployed/stack.ts";
import { UsageError } from "../../../stack/usage-error.ts";
import { recorded } from "./recorded.ts";
import { outputs, settings, stack } from "./services.ts";

describe("connect", () => {
  const client = new CloudFormationClient(settings);

  test("finds the stack by its name and reads its outputs", async () => {
    const Outputs = [
      { OutputKey: "JourneysTableName", OutputValue: "Journeys" },
      { OutputKey: "TimeScale", OutputValue: '{"factor":60,"real":"r","virtual":"v"}' },
    ];
    const calls = recorded(client, { DescribeStacksCommand: { Stacks: [{ Outputs }] } });
    const found = await connect("Shop", client);
    expect(calls).toEqual([{ name: "DescribeStacksCommand", input: { StackName: "Shop" } }]);
    expect(found.output("JourneysTableName")).toBe("Journeys");
    expect(found.timeScale).toEqual({ factor: 60, real: "r", virtual: "v" });
  });

  test("refuses a stack without journeys as wrong usage", async () => {
    recorded(client, { DescribeStacksCommand: { Stacks: [{ Outputs: [] }] } });
    const refused = connect("Other", client);
    await expect(refused).rejects.toBeInstanceOf(UsageError);
    await expect(refused).rejects.toThrow('The stack "Other" has no customer journeys.');
  });
});

describe("the ports", () => {
  // The client of the functions belongs to its module, which other test files share.
  afterAll(() => dynamodb.middlewareStack.remove("recorded"));

  test("use the stack's tables, and never return data older than the call", async () => {
    const draft = { id: "cart", trigger: {}, components: {} };
    const pointer = { id: "~live", version: "cart", number: 0, status: "draft", name: "C", draft };
    const calls = recorded(dynamodb, {
      GetItemCommand: [{ Item: pointer }, { Item: pointer }, {}, {}, {}],
      TransactWriteItemsCommand: {},
    });
    const { journeys, store, breakers } = new DeployedStack(outputs, settings).ports;
    expect(await journeys.live("cart")).toMatchObject({ journey: { id: "cart" } });
    await journeys.live("cart");
    await store.customer("ada");
    await breakers.hold("cart");
    await breakers.hold("cart");
    expect(calls.map(({ name, input }) => `${name} ${input.TableName}`)).toEqual([
      "GetItemCommand Journeys",
      "GetItemCommand Journeys",
      "GetItemCommand Customers",
      "GetItemCommand Counters",
      "GetItemCommand Counters",
    ]);
  });

  test("keep events for as long as the stack does", async () => {
    const calls = recorded(dynamodb, { TransactWriteItemsCommand: {}, PutItemCommand: {} });
    const event = {
      id: "e-1",
      name: "seen",
      customerId: "ada",
      time: "2026-01-05T10:00:00.000Z",
      data: {},
      deliveryId: "d-1",
      hops: 0,
      system: false,
    };
    const before = Date.now() / 1000;
    await stack.ports.store.commit([{ kind: "event", event, watched: false }]);
    const [
      {
        Put: { Item },
      } = { Put: { Item: {} } },
    ] = (calls[0]?.input.TransactItems ?? [{ Put: calls[0]?.input }]) as [{ Put: { Item: Record<string, number> } }];
    expect(((Item.ttl ?? 0) - before) / 86_400).toBeCloseTo(30, 1);
  });

  test("return the virtual time of a stack with scaled time", () => {
    const real = new Date(Date.now() - 1000).toISOString();
    const TimeScale = JSON.stringify({ factor: 3600, real, virtual: "2026-01-05T00:00:00.000Z" });
    const { clock } = new DeployedStack({ ...outputs, TimeScale }, settings).ports;
    const now = clock.now();
    expect(now >= "2026-01-05T01:00:00.000Z").toBe(true);
    expect(now).toMatch(/^2026-01-05T/);
    expect(stack.timeScale).toBeUndefined();
  });
});
