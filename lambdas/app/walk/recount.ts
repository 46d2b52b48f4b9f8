/**
 * After a late event or status: stores the moment from which the customer's next `waitFor` counts events. See
 * `late-activity.ts`.
 */
import { customerView } from "../../domain/customer/customer.ts";
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import type { ActivityEvent } from "../../domain/enrollment/met-branch.ts";
import type { Journey } from "../../domain/journey/journey.ts";
import { latestTime, startOfSecond } from "../../domain/time/event-time.ts";
import { justBefore } from "../../domain/time/time.ts";
import { recountedEvents, recountWaits } from "../../domain/walk/recount-waits.ts";
import { withEnrollmentEvent } from "../enrollment-event.ts";
import type { Ports } from "../ports.ts";
import { storeEnrollment } from "../update-enrollment.ts";

export async function recount(
  stored: Enrollment,
  entered: Journey,
  ports: Pick<Ports, "clock" | "store">,
): Promise<Enrollment> {
  if (!stored.position.late) return stored;
  const { customerId, trigger, key, unusableKey } = stored;
  const events: ActivityEvent[] = [];
  for (const name of recountedEvents(stored, entered))
    for (const event of await ports.store.events(customerId, name, justBefore(startOfSecond(trigger.time))))
      if (latestTime(event) >= trigger.time) events.push({ kind: "event", ...event });
  const customer = customerView(await ports.store.customer(customerId));
  const { enrollmentEvent } = await withEnrollmentEvent({ live: {}, entered }, stored, ports);
  const { timezone } = entered;
  const facts = { now: ports.clock.now(), customer, key, unusableKey, enrollmentEvent, timezone };
  const position = recountWaits(stored, entered, events, facts);
  return storeEnrollment(ports, stored, { ...stored, position });
}
