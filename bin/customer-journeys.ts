/** The CDK app: one stack with customer journeys. Context sets its options: `npx cdk deploy --context from="Shop <a@b.example>"` */
import { App, Stack, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { CustomerJourneys } from "../lib/customer-journeys.ts";
import { settingsOf } from "../lib/settings.ts";

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

const stack = new Stack(app, app.node.tryGetContext("stackName") ?? "CustomerJourneys", {
  description: "Marketing automation as code: journeys of customers, run by events",
});
new CustomerJourneys(stack, "Journeys", settingsOf(stack));
