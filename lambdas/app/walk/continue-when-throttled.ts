/**
 * A call that has stored a step and is then throttled does not fail: it asks the execution for another call. Step
 * Functions counts all failures of one visit to the state Advance, whatever the calls between them have stored. Without
 * this, a customer who gets many messages in a row would use up the attempts although every message is sent, and would
 * wait up to ten minutes for each of the later messages.
 */
import { ThrottledError } from "../errors.ts";
import { instruct, type Visited } from "../walk-state.ts";

/** `hasProgressed`: whether this call has stored a step before the visit. */
export async function continueWhenThrottled(visit: Promise<Visited>, hasProgressed: boolean): Promise<Visited> {
  try {
    return await visit;
  } catch (error) {
    if (hasProgressed && error instanceof ThrottledError) return instruct({ next: "continue" });
    throw error;
  }
}
