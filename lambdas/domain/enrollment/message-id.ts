/**
 * The id of a message. The id is unique in the stack, and has only characters that SES tags and other channels accept.
 */
import type { Enrollment } from "./enrollment.ts";

export function messageIdOf({ enrollmentId, position }: Pick<Enrollment, "enrollmentId" | "position">): string {
  return `${enrollmentId}-${position.visit}`;
}

export function enrollmentIdOf(messageId: string): string {
  return messageId.slice(0, messageId.lastIndexOf("-"));
}
