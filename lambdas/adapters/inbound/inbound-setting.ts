/** Whether a channel of the stack receives the messages of customers. */
import * as z from "zod/mini";

/** `true`, and the stack makes the topic; or the ARN of the topic to which the service publishes the messages. */
export const inboundSetting = z.optional(
  z.union([
    z.boolean(),
    z.string().check(z.regex(/^arn:[^:]+:sns:[^:]+:\d{12}:[A-Za-z0-9_-]+$/, "inbound is no ARN of an SNS topic.")),
  ]),
);
