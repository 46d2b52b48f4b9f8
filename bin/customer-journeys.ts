/** The stack, for teams that deploy it as it is. Context values: see the README, "Deploy". */
import { App, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { CustomerJourneys } from "../lib/customer-journeys.ts";

const app = new App();
const context = (name: string): string | undefined => app.node.tryGetContext(name);
const [from, replyTo, timeScale, identities] = ["sender", "replyTo", "timeScale", "sendingIdentities"].map(context);

const stack = new Stack(app, context("stackName") ?? "CustomerJourneys");
new CustomerJourneys(stack, "Journeys", {
  ...(from && { sender: { from, ...(replyTo && { replyTo: replyTo.split(",") }) } }),
  ...(identities && { sendingIdentities: identities.split(",") }),
  ...(context("removalPolicy") === "destroy" && { removalPolicy: RemovalPolicy.DESTROY }),
  ...(timeScale && { timeScale: JSON.parse(timeScale) }),
});
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
