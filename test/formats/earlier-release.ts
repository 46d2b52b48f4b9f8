/** The items of `formats.txt` in tables, with the functions and ports of this release over them. */
import { marshall } from "@aws-sdk/util-dynamodb";
import { dynamodbPublishing } from "../../lambdas/adapters/dynamodb/publishing.ts";
import { dynamodbTemplates } from "../../lambdas/adapters/dynamodb/templates.ts";
import { DeployedStack } from "../../stack/deployed/stack.ts";
import { DeployedFunctions } from "./deployed-functions.ts";
import { journeys } from "./documents.ts";
import { stored } from "./golden.ts";
import type { Plain } from "./memory-tables.ts";
import { ANN } from "./observer.ts";

export const T0 = "2026-01-05T10:00:00.250Z";
/** EventBridge's time of the trigger event, which has no time of its own. */
export const SECOND = "2026-01-05T10:00:00.000Z";
export const functions = new DeployedFunctions();
export const { tables } = functions.aws;
export const put = (table: string, item: Plain) => tables.put(table, marshall(item, { removeUndefinedValues: true }));

export const outputs = {
  JourneysTableName: "journeys",
  TemplatesTableName: "templates",
  CustomersTableName: "customers",
  CountersTableName: "counters",
  EventBusName: "bus",
  StateMachineArn: "arn:aws:states:eu-central-1:123456789012:stateMachine:Machine",
  EventRetentionDays: "400",
};
export const stack = new DeployedStack(outputs);
export const { store, breakers, journeys: live } = stack.ports;
export const publishing = dynamodbPublishing(stack.output("JourneysTableName"), {
  remember: () => {},
  forget: () => {},
});
export const templates = dynamodbTemplates("templates", 0);

export const waiting = stored("Customers: enrollment", "waiting");
export const cart = { customerId: ANN, enrollmentId: String(waiting.enrollmentId) };
export const email = stored<{
  EmailTags: { Name: string; Value: string }[];
  Content: { Simple: { Headers: { Value: string }[] } };
}>("Email", "email");

/** An item without the given attributes. */
export function without(item: Plain, ...names: readonly string[]): Plain {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)));
}

/** Puts one item of each kind that is listed. */
export function putStoredItems(): void {
  const { version: number, name, status } = { version: 1, name: "Cart", status: "active" };
  const pointer = stored("Journeys", "pointer");
  put("journeys", { ...journeys.cart, version: "v1" });
  const { order: _, ...older } = pointer;
  put("journeys", { ...older, version: "cart", number, name, status, awaited: [] });
  put("journeys", stored("Journeys", "version"));
  put("journeys", { ...pointer, version: "noted", name: "Noted" });
  put("journeys", stored("Journeys", "draft"));
  put("journeys", stored("Journeys", "document"));
  put("templates", stored("Journeys", "template"));
  put("customers", stored("Customers: profile", "profile"));
  put("customers", stored("Customers: event", "event"));
  put("customers", stored("Customers: entry", "entry"));
  put("customers", stored("Customers: entry", "withoutKey"));
  put("customers", stored("Customers: reason", "reason"));
  put("customers", stored("Customers: send log", "sends"));
  put("customers", waiting);
  put("counters", stored("Counters", "afterExit"));
  put("counters", stored("Counters", "ofComponent"));
  put("counters", stored("Counters", "breaker"));
}
