/**
 * An event is claimed, published, recorded: in this order, so that one claim publishes once. A second call that finds the
 * claim leaves the event to the claiming call, which may still be running. When the claim is so old that the claiming
 * call must have crashed, the call claims the event anew and publishes it, under the same id.
 */
import type { Customer } from "../../domain/customer/customer.ts";
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import type { PublishedEvent } from "../../domain/events/system-events.ts";
import { plus, type Time } from "../../domain/time/time.ts";
import { dueWhileWalking } from "../../domain/walk/apply-step.ts";
import { waitAtOnce } from "../../domain/walk/wait-at-once.ts";
import { ThrottledError } from "../errors.ts";
import type { Ports } from "../ports.ts";
import { storeEnrollment, updateEnrollment } from "../update-enrollment.ts";
import { instruct, onFrom, type Visited, type Walk } from "../walk-state.ts";

/** How long a claim is respected: longer than any call takes. */
const CLAIM_LASTS = "PT2M";

/** `leave`: the enrollment after its customer has left the component. */
export async function emitOnce(
  event: PublishedEvent,
  { walk, customer }: { readonly walk: Walk; readonly customer: Customer },
  leave: (enrollment: Enrollment, now: Time) => Enrollment,
  ports: Pick<Ports, "clock" | "store" | "bus">,
): Promise<Visited> {
  const { journey, live, enrollment, stored } = walk;
  const { position } = enrollment;
  const now = ports.clock.now();
  const until = position.claim === undefined ? now : plus(position.claimedAt ?? enrollment.enteredAt, CLAIM_LASTS);
  if (now < until) return instruct({ next: "wait", until });
  const claimed = { ...enrollment, position: { ...position, claim: event.id, claimedAt: now } };
  const written = await storeEnrollment(ports, stored, { ...claimed, dueAt: dueWhileWalking(enrollment.dueAt, now) });
  const update = (decide: (claimed: Enrollment) => Enrollment) =>
    updateEnrollment(
      enrollment,
      ports,
      (each) => (each.status === "active" && each.position.claim === event.id ? decide(each) : each),
      written,
    );
  try {
    await ports.bus.publish([event]);
  } catch (error) {
    if (error instanceof ThrottledError) await update(withoutClaim);
    throw error;
  }
  const settled = await update((each) => {
    const left = leave(each, ports.clock.now());
    return waitAtOnce(left, journey, customer, ports.clock.now());
  });
  if (settled?.status !== "active") return instruct({ next: "done" });
  return settled.position.visit === position.visit
    ? instruct({ next: "continue" })
    : onFrom({ journey, live, stored: settled, enrollment: settled, customer });
}

function withoutClaim(enrollment: Enrollment): Enrollment {
  const { claim: _, claimedAt: __, ...position } = enrollment.position;
  return { ...enrollment, position };
}
