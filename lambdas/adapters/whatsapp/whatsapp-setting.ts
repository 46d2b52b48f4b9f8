/** The channel `whatsapp`, as the stack sets it. Only advance needs this schema. */
import * as z from "zod/mini";
import { json, misfit } from "../environment.ts";

/** The version of Meta's API in the examples of AWS. */
export const META_API_VERSION = "v20.0";

export const whatsappSetting = z.strictObject({
  /** The id of the sending number in AWS: `phone-number-id-…`, as `GetLinkedWhatsAppBusinessAccount` shows it. */
  phoneNumberId: z
    .string()
    .check(
      z.regex(/^phone-number-id-[0-9a-zA-Z]+$/, "The id of the phone number does not begin with phone-number-id-."),
    ),
  /** Meta's own id of that number, which reports carry. Then the stack takes no reports about other numbers. */
  metaPhoneNumberId: z.optional(z.string().check(z.regex(/^\d+$/, "Meta's id of a phone number is digits only."))),
  /**
   * Whether the stack receives the messages of customers. `true`: the stack makes the topic. An ARN: the topic of that
   * ARN is used.
   */
  inbound: z.optional(
    z.union([
      z.boolean(),
      z.string().check(z.regex(/^arn:[^:]+:sns:[^:]+:\d{12}:[A-Za-z0-9_-]+$/, "inbound is no ARN of an SNS topic.")),
    ]),
  ),
  /** Messages per second. */
  rate: z.optional(z.number().check(z.positive())),
  /** The version of Meta's API. */
  metaApiVersion: z.optional(z.string().check(z.regex(/^v\d+\.\d+$/, "The version has the form v20.0."))),
});

export type WhatsappSetting = z.output<typeof whatsappSetting>;

export const whatsappVariable = z.optional(json(whatsappSetting));

export function whatsappOfStack(variable: string): WhatsappSetting {
  const result = z.safeParse(json(whatsappSetting), variable);
  if (result.success) return result.data;
  throw misfit(
    "advance",
    result.error.issues.map(({ message }) => `WHATSAPP: ${message}`),
  );
}
