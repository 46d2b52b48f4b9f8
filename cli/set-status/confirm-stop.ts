/** A stop takes customers out of a journey for good, so a person confirms it, or a script does with `--yes`. */
import { count } from "../../insight/words/count.ts";
import { UsageError } from "../../stack/usage-error.ts";
import type { Io } from "../terminal/io.ts";

/**
 * Whether the stop is confirmed. A journey without customers needs no confirmation.
 * @throws UsageError when there is no terminal to ask at.
 */
export async function confirmStop(
  id: string,
  inside: number,
  { yes, json }: { readonly yes: boolean; readonly json: boolean },
  io: Io,
): Promise<boolean> {
  if (yes || inside === 0) return true;
  const consequence = `${count(inside, "customer")} ${inside === 1 ? "is" : "are"} inside ${id} and will exit. This cannot be undone.`;
  const answer = json ? undefined : await io.ask(`${consequence} Stop ${id}? [y/N] `);
  if (answer === undefined)
    throw new UsageError(`${consequence} Add --yes to confirm. To keep the customers, use journeys hold ${id}.`);
  if (!answer) io.out("Nothing was changed.");
  return answer;
}
