/** The construct in an app of somebody else's. */
import { App, Stack } from "aws-cdk-lib";
import { EventBus } from "aws-cdk-lib/aws-events";
import { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import { CustomerJourneys } from "../../lib/customer-journeys.ts";
import { defaultStack, Synthesized } from "./stack.ts";

/** No setting of ours but that nothing is bundled, and names to read. */
const foreign = () => new App({ context: { "aws:cdk:bundling-stacks": [], "aws:cdk:enable-path-metadata": true } });

const env = { account: "123456789012", region: "eu-central-1" };

describe("with a bus that is there already", () => {
  const stack = new Stack(foreign(), "Shop", { env });
  const shop = new Construct(stack, "Marketing");
  const eventBus = EventBus.fromEventBusName(stack, "ShopBus", "shop-events");
  const journeys = new CustomerJourneys(shop, "Journeys", { eventBus, sender: { from: "hello@shop.example" } });
  const template = new Synthesized(stack, journeys);

  test("no bus is made, and the policy of that one stays its owner's", () => {
    expect(template.ofType("AWS::Events::EventBus")).toEqual([]);
    expect(template.ofType("AWS::Events::EventBusPolicy")).toEqual([]);
  });

  test("its rules listen on that bus", () => {
    const buses = template.ofType("AWS::Events::Rule").map(({ name, properties }) => [name, properties.EventBusName]);
    expect(Object.fromEntries(buses)).toEqual({
      "EventBus/FromApps": "shop-events",
      "EventBus/Changes": "shop-events",
      "EventBus/Emitted": "shop-events",
      "Mail/FromSes": undefined,
      "Reconciler/Schedule": undefined,
    });
  });

  test("its functions publish on that bus", () => {
    for (const construct of ["Advance", "ExitEvaluator"]) {
      expect(template.permissions(`${construct}/FunctionRole`)).toContain(
        "Allow events:PutEvents on arn:Partition:events:eu-central-1:123456789012:event-bus/shop-events",
      );
      expect(template.get(`${construct}/Function`).Environment).toMatchObject({
        Variables: { EVENT_BUS_NAME: "shop-events" },
      });
    }
  });

  test("the outputs have their names wherever the construct is", () => {
    expect(template.outputs).toMatchObject({ EventBusName: "shop-events", CustomersTableName: "Tables/Customers" });
  });

  test("whoever embeds it gets the bus", () => expect(journeys.eventBus).toBe(eventBus));
});

test("what it makes is the same whatever the settings of the app", () => {
  const stack = new Stack(foreign(), "Test");
  const names = ({ resources }: Synthesized) => resources.map(({ type, name }) => `${type} ${name}`).sort();
  expect(names(new Synthesized(stack, new CustomerJourneys(stack, "Journeys")))).toEqual(names(defaultStack()));
});

test("two in one stack are refused: the command line would not know which", () => {
  const stack = new Stack(foreign(), "Test");
  new CustomerJourneys(stack, "One");
  expect(() => new CustomerJourneys(stack, "Two")).toThrow(/EventBusName/);
});

test("two in one app do not get in each other's way", () => {
  const app = foreign();
  const stacks = ["One", "Two"].map((name) => {
    const stack = new Stack(app, name);
    return { stack, journeys: new CustomerJourneys(stack, "Journeys") };
  });
  const named = stacks.flatMap(({ stack, journeys }) => {
    const template = new Synthesized(stack, journeys);
    return [template.get("EventBus/Bus").Name, template.get("Machine/Log").LogGroupName];
  });
  expect(new Set(named).size).toBe(4);
});

test("limits that make no sense are refused before anything is deployed", () => {
  const stack = new Stack(new App(), "Limits");
  const limits = { quietHours: { from: "21:00", to: "21:00", otherwise: "skip" as const } };
  expect(() => new CustomerJourneys(stack, "A", { limits })).toThrow(/limits are not right: limits.quietHours.to/);
  const cap = [{ max: 0, within: "P7D", otherwise: "skip" as const }];
  expect(() => new CustomerJourneys(stack, "B", { limits: { cap } })).toThrow(/cap\[0\].max: "max" must be at least 1/);
});
