/**
 * The settings of the CDK app, from `cdk deploy --context NAME=VALUE` or `context` in cdk.json. Each setting is a
 * property of `CustomerJourneys`, written as a text. Invalid settings are reported before anything is deployed.
 */
import { Duration, RemovalPolicy, type Stack } from "aws-cdk-lib";
import { EventBus } from "aws-cdk-lib/aws-events";
import { Topic } from "aws-cdk-lib/aws-sns";
import * as z from "zod/mini";
import { environments } from "../lambdas/adapters/environment.ts";
import { limitsSetting } from "../lambdas/adapters/limits-setting.ts";
import { smsVariable } from "../lambdas/adapters/sms/sms-setting.ts";
import { whatsappVariable } from "../lambdas/adapters/whatsapp/whatsapp-setting.ts";
import type { CustomerJourneysProps } from "./customer-journeys-props.ts";
import { wrongLimits } from "./limits.ts";

const removalPolicies = { retain: RemovalPolicy.RETAIN, destroy: RemovalPolicy.DESTROY } as const;

const text = z.string().check(z.minLength(1));
const count = (least: number) => z.pipe(z.pipe(text, z.transform(Number)), z.int().check(z.gte(least)));
const list = z.pipe(
  text,
  z.transform((value) => value.split(",").map((item) => item.trim())),
);
const yesOrNo = z.optional(
  z.pipe(
    z.enum(["true", "false"]),
    z.transform((value) => value === "true"),
  ),
);

const schema = {
  eventBusName: z.optional(text),
  from: z.optional(text),
  replyTo: z.optional(list),
  limits: limitsSetting,
  mailRate: z.optional(z.pipe(z.pipe(text, z.transform(Number)), z.number().check(z.positive()))),
  sms: smsVariable,
  whatsapp: whatsappVariable,
  sesIdentity: z.optional(text),
  removalPolicy: z.optional(z.enum(["retain", "destroy"])),
  alarmTopicArn: z.optional(text),
  eventRetentionDays: z.optional(count(1)),
  matcherConcurrency: z.optional(count(2)),
  unsubscribeUrl: z.optional(z.url({ protocol: /^https$/ })),
  unsubscribeConcurrency: z.optional(count(1)),
  logAllTransitions: yesOrNo,
  requireTests: yesOrNo,
  timeScale: environments.advance.shape.TIME_SCALE,
};

const settings = z.object(schema).check(
  ({ value, issues }) => {
    for (const message of wrongLimits(value.limits))
      issues.push({ code: "custom", path: ["limits"], message, input: value });
  },
  z.refine(({ from, replyTo }) => from !== undefined || replyTo === undefined, {
    path: ["replyTo"],
    message: "`replyTo` needs a sender: set `from` too.",
  }),
);

export function settingsOf(stack: Stack): CustomerJourneysProps {
  const context = Object.keys(schema).flatMap((name) => {
    const value: unknown = stack.node.tryGetContext(name);
    return value === undefined ? [] : [[name, typeof value === "string" ? value : JSON.stringify(value)]];
  });
  const checked = z.safeParse(settings, Object.fromEntries(context));
  if (!checked.success) {
    const wrong = checked.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
    throw new Error(`The settings (--context NAME=VALUE, or "context" in cdk.json) are invalid: ${wrong}`);
  }
  const { eventBusName, alarmTopicArn, from, replyTo, removalPolicy, eventRetentionDays, ...same } = checked.data;
  return {
    ...same,
    ...(eventBusName && { eventBus: EventBus.fromEventBusName(stack, "GivenBus", eventBusName) }),
    ...(alarmTopicArn && { alarmTopic: Topic.fromTopicArn(stack, "AlarmTopic", alarmTopicArn) }),
    ...(from && { sender: { from, ...(replyTo && { replyTo }) } }),
    ...(removalPolicy && { removalPolicy: removalPolicies[removalPolicy] }),
    ...(eventRetentionDays && { eventRetention: Duration.days(eventRetentionDays) }),
  };
}
