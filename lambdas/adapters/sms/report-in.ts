/** Reads a report, in the form of the service that sent it. */
import type { ServiceReport } from "../../app/messages/find-reported.ts";
import type { ReportedStatus } from "../../app/messages/record-message-status.ts";
import type { Time } from "../../domain/time/time.ts";
import { asObject, type Json } from "../../domain/values/json.ts";
import { reportedStatus } from "../ses-events.ts";
import { reportedWhatsapp } from "../whatsapp/whatsapp-events.ts";
import { reportedText } from "./sms-events.ts";

export function reportIn(input: unknown, virtual: (real: Time) => Time): ReportedStatus | ServiceReport | undefined {
  const { source } = asObject(input as Json) ?? {};
  if (source === "aws.social-messaging") return reportedWhatsapp(input, virtual);
  return source === "aws.sms-voice" ? reportedText(input, virtual) : reportedStatus(input, virtual);
}
