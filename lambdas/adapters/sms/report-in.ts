/** Reads a delivery report from the queue, in the form of the service that sent it. */
import type { ReportedStatus } from "../../app/messages/record-message-status.ts";
import type { Time } from "../../domain/time/time.ts";
import { asObject, type Json } from "../../domain/values/json.ts";
import { reportedStatus } from "../ses-events.ts";
import { reportedText } from "./sms-events.ts";

export function reportIn(input: unknown, virtual: (real: Time) => Time): ReportedStatus | undefined {
  const source = asObject(input as Json)?.source;
  return source === "aws.sms-voice" ? reportedText(input, virtual) : reportedStatus(input, virtual);
}
