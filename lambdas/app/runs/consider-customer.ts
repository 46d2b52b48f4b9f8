/**
 * One customer's turn in an audience run: the customer enters the journey, or the answer says why not. A repetition finds
 * the enrollment that an earlier call made, and gives the same answer.
 */
import type { LiveJourney } from "../../domain/journey/catalog.ts";
import type { AudienceRun, Considered } from "../../domain/schedule/audience-run.ts";
import { attemptEntry, enrollmentRef, storeReason } from "../entry/enter-journey.ts";
import type { EntryAttempt } from "../entry/entry-attempt.ts";
import type { EnrollmentPorts } from "../ports.ts";
import type { Change } from "../store.ts";
import { enteredOtherwise, judgeCustomer } from "./judge-customer.ts";

export type Decided = Considered & { readonly enrollmentId?: string };

/** `withEntry`: what is stored in the transaction in which the customer enters. */
export async function considerCustomer(
  run: AudienceRun,
  customerId: string,
  live: LiveJourney,
  ports: EnrollmentPorts,
  withEntry?: (enrollmentId: string) => readonly Change[],
): Promise<Decided> {
  const customer = await ports.store.customer(customerId);
  const judged = await judgeCustomer(run, customer, live, ports);
  if (judged.kind === "outside") return judged;
  const refused = async (reason: Reason, attempt: EntryAttempt): Promise<Decided> => {
    // A run counts refusals. A reason is stored only for a customer that the person who started the run has named.
    if (run.aim.kind === "customers") await storeReason(reason, live, customer, attempt, ports);
    return { kind: "refused", reason };
  };
  if (judged.kind === "refused") {
    const { reason, attempt } = judged;
    return attempt && reason === "duplicate-event" ? refused(reason, attempt) : { kind: "refused", reason };
  }
  const { attempt } = judged;
  const { enrollmentId } = enrollmentRef(live, customer, attempt);
  const also = withEntry?.(enrollmentId);
  const enrolled = await attemptEntry(live, customer, also ? { ...attempt, also } : attempt, ports);
  switch (enrolled.kind) {
    case "entered":
      return { kind: "entered", enrollmentId };
    case "entered-before":
      // The event itself may have let the customer in at this moment.
      return (await enteredOtherwise(live, customer, attempt, ports))
        ? refused("duplicate-event", attempt)
        : { kind: "entered", enrollmentId };
    case "erased":
      return { kind: "outside" };
    case "refused":
      return refused(enrolled.reason, attempt);
  }
}

type Reason = Parameters<typeof storeReason>[0];
