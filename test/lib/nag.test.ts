/** Checks the whole template against AWS's recommendations (cdk-nag's AwsSolutions). */
import { type App, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { AwsSolutionsChecks } from "cdk-nag";
import { describe, expect, test } from "vitest";
import { CustomerJourneys } from "../../lib/customer-journeys.ts";
import type { CustomerJourneysProps } from "../../lib/customer-journeys-props.ts";
import { appWithoutBundling } from "./stack.ts";

function findings(app: App): string[] {
  const { violations } = new AwsSolutionsChecks(app).validateScope(app);
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(
      ({ constructPath, resourceLogicalId }) => `${ruleName} ${constructPath ?? resourceLogicalId}`,
    ),
  );
}

function appWith(props: CustomerJourneysProps, stackProps: StackProps) {
  const app = appWithoutBundling();
  const stack = new Stack(app, "Test", stackProps);
  new CustomerJourneys(stack, "Journeys", props);
  return { app, stack };
}

const production = { account: "123456789012", region: "eu-central-1" };

describe("every finding is acknowledged", () => {
  test.each<[string, CustomerJourneysProps, StackProps]>([
    ["with nothing set", {}, {}],
    ["with account and region known", {}, { env: production }],
    ["with one identity to send from", { sesIdentity: "shop.example" }, { env: production }],
    ["with a log of every transition", { logAllTransitions: true }, {}],
    ["with a reserved concurrency of the unsubscribe page", { unsubscribeConcurrency: 20 }, {}],
    ["for a test", { removalPolicy: RemovalPolicy.DESTROY }, {}],
  ])("%s", (_, props, stackProps) => {
    expect(findings(appWith(props, stackProps).app)).toEqual([]);
  });
});

test("a further wildcard would be found", () => {
  const { app, stack } = appWith({}, {});
  const role = new Role(stack, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
  role.addToPolicy(new PolicyStatement({ actions: ["dynamodb:*"], resources: ["*"] }));
  expect(findings(app)).toEqual([
    "AwsSolutions-IAM5[Action::dynamodb:*] Test/Role/DefaultPolicy/Resource",
    "AwsSolutions-IAM5[Resource::*] Test/Role/DefaultPolicy/Resource",
  ]);
});
