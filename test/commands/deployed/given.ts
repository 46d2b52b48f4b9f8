/** A deployed stack whose clients are recorded, and stored journeys. */

import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { DeployedStack } from "../../../stack/deployed/stack.ts";
import { cart as document } from "../shop.ts";
import { type Answers, recorded } from "./recorded.ts";

export const cart = document as unknown as Journey;

export const outputs = {
  JourneysTableName: "Journeys",
  TemplatesTableName: "Templates",
  CountersTableName: "Counters",
  CustomersTableName: "Customers",
  EventBusName: "Bus",
};

export const settings = { region: "eu-central-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } };

export function stackWith(answers: Answers) {
  const stack = new DeployedStack(outputs, settings);
  return { stack, calls: recorded(stack.items, answers) };
}

export const at = "2026-01-05T10:00:00.000Z";
