/**
 * The channel `sms`, as the stack sets it. This file is apart from `environment.ts`, because only advance needs the
 * schema, and every bundle contains what `environment.ts` imports.
 */
import * as z from "zod/mini";
import { json, misfit } from "../environment.ts";

export const smsSetting = z.strictObject({
  /** The origination identity: a number, a pool or a sender id. */
  sender: z
    .string()
    .check(
      z.regex(
        /^arn:[^:]+:sms-voice:[^:]+:\d{12}:(phone-number|pool|sender-id)\/.+$/,
        "The sender is no ARN of a phone number, a pool or a sender id.",
      ),
    ),
  /** Text messages per second. */
  rate: z.optional(z.number().check(z.positive())),
  /** The most dollars that one message may cost. */
  maxPrice: z.optional(z.number().check(z.positive())),
  /** After this many seconds, the service gives up a message that it could not deliver. */
  timeToLive: z.optional(z.int().check(z.gte(5), z.lte(259_200))),
  protectConfigurationId: z.optional(z.string().check(z.minLength(1))),
  /**
   * Whether the stack receives the answers of customers. `true`: the stack makes the topic to which the numbers
   * publish. An ARN: the topic of that ARN is used.
   */
  inbound: z.optional(
    z.union([
      z.boolean(),
      z.string().check(z.regex(/^arn:[^:]+:sns:[^:]+:\d{12}:[A-Za-z0-9_-]+$/, "inbound is no ARN of an SNS topic.")),
    ]),
  ),
  /** Whether the service only checks each message and sends none. */
  dryRun: z.optional(z.boolean()),
});

export type SmsSetting = z.output<typeof smsSetting>;

export const smsVariable = z.optional(json(smsSetting));

export function smsOfStack(variable: string): SmsSetting {
  const result = z.safeParse(json(smsSetting), variable);
  if (result.success) return result.data;
  throw misfit(
    "advance",
    result.error.issues.map(({ message }) => `SMS: ${message}`),
  );
}
