/** The events that the system publishes about a changed enrollment. These events hold ids and no personal data. */
import type { Enrollment } from "../enrollment/enrollment.ts";
import type { Time } from "../time/time.ts";
import { deterministicId } from "../values/hash.ts";
import { type JsonObject, own } from "../values/json.ts";
import type { SystemEvent, SystemEventName } from "./system-events.ts";

export function announcements(before: Enrollment | undefined, after: Enrollment, now: Time): SystemEvent[] {
  const { enrollmentId, customerId, journeyId, journeyVersion, hops } = after;
  const announce = (name: SystemEventName, time: Time, more: JsonObject = {}): SystemEvent => ({
    name,
    id: deterministicId(enrollmentId, name, JSON.stringify(more)),
    customerId,
    time,
    data: { journeyId, journeyVersion, enrollmentId, ...more },
    hops,
  });
  const events: SystemEvent[] = [];
  if (!before) events.push(announce("journey.entered", after.enteredAt));
  for (const message of after.messages) {
    const { messageId, componentId, template, state, reason } = message;
    const old = before?.messages.find((known) => known.messageId === messageId);
    if (old?.state === state) continue;
    if (state === "sent") events.push(announce("message.sent", now, { messageId, componentId, template }));
    if (state === "skipped")
      events.push(announce("message.skipped", now, { messageId, componentId, template, reason: reason ?? "" }));
  }
  for (const [goalId, at] of Object.entries(after.goals))
    if (own(before?.goals, goalId) === undefined) events.push(announce("goal.reached", at, { goalId }));
  if (after.status !== "active" && before?.status !== after.status)
    events.push(
      announce(
        `journey.${after.status}`,
        after.endedAt ?? now,
        after.reason === undefined ? {} : { reason: after.reason },
      ),
    );
  return events;
}
