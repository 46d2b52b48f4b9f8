/** The id of a message: unique over all enrollments, and a name that SES tags and other channels can carry. */
import type { Enrollment } from "./enrollment.ts";

export function messageIdOf({ enrollmentId, position }: Pick<Enrollment, "enrollmentId" | "position">): string {
  return `${enrollmentId}-${position.visit}`;
}

export function enrollmentIdOf(messageId: string): string {
  return messageId.slice(0, messageId.lastIndexOf("-"));
}
