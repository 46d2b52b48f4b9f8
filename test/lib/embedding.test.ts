/** The construct in another team's app. */
import { App, Stack } from "aws-cdk-lib";
import { EventBus } from "aws-cdk-lib/aws-events";
import { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import { CustomerJourneys } from "../../lib/customer-journeys.ts";
import { defaultStack, Synthesized } from "./stack.ts";

/** An app without the settings of this repository, except that it bundles nothing and has readable names. */
const foreign = () => new App({ context: { "aws:cdk:bundling-stacks": [], "aws:cdk:enable-path-metadata": true } });

const env = { account: "123456789012", region: "eu-central-1" };

describe("with an existing bus", () => {
  const stack = new Stack(foreign(), "Shop", { env });
  const shop = new Construct(stack, "Marketing");
  const eventBus = EventBus.fromEventBusName(stack, "ShopBus", "shop-events");
  const journeys = new CustomerJourneys(shop, "Journeys", { eventBus, sender: { from: "hello@shop.example" } });
  const template = new Synthesized(stack, journeys);

  test("the stack creates no bus and leaves the policy of the existing bus alone", () => {
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

  test("the names of outputs do not depend on the construct's place", () => {
    expect(template.outputs).toMatchObject({ EventBusName: "shop-events", CustomersTableName: "Tables/Customers" });
  });

  test("the construct exposes the bus", () => expect(journeys.eventBus).toBe(eventBus));
});

test("the resources do not depend on the app's feature flags", () => {
  const stack = new Stack(foreign(), "Test");
  const names = ({ resources }: Synthesized) => resources.map(({ type, name }) => `${type} ${name}`).sort();
  expect(names(new Synthesized(stack, new CustomerJourneys(stack, "Journeys")))).toEqual(names(defaultStack()));
});

test("two constructs in one stack are refused, because the command line could not tell them apart", () => {
  const stack = new Stack(foreign(), "Test");
  new CustomerJourneys(stack, "One");
  expect(() => new CustomerJourneys(stack, "Two")).toThrow(/EventBusName/);
});

test("two constructs in one app do not affect each other", () => {
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

test("invalid limits are refused before anything is deployed", () => {
  const stack = new Stack(new App(), "Limits");
  const limits = { quietHours: { from: "21:00", to: "21:00", otherwise: "skip" as const } };
  expect(() => new CustomerJourneys(stack, "A", { limits })).toThrow(/limits are invalid: limits.quietHours.to/);
  const cap = [{ max: 0, within: "P7D", otherwise: "skip" as const }];
  expect(() => new CustomerJourneys(stack, "B", { limits: { cap } })).toThrow(/cap\[0\].max: "max" must be at least 1/);
});
