/**
 * Bad documents by the thousand, at every door: journeys, templates, events, reports of the mail service, and what
 * comes to the unsubscribe page. Nothing may throw what it does not mean to, every refusal has a reason that people can
 * read, and what is accepted is really handled.
 */
import { globSync, readFileSync } from "node:fs";
import { Lots } from "../faults/lots.ts";
import { doors } from "./doors.ts";
import { garbage, mutated } from "./mutate.ts";

export interface Fuzzed {
  readonly documents: Readonly<Record<string, { readonly accepted: number; readonly refused: number }>>;
  /** What went wrong, each with the seed and number of its document. */
  readonly failures: readonly string[];
}

/** What a door says to a document: nothing when it lets it in. */
export type Answer = readonly { readonly code: string; readonly message: string }[] | "accepted";

export async function fuzz(seed: number, count: number): Promise<Fuzzed> {
  const documents: Record<string, { accepted: number; refused: number }> = {};
  const failures: string[] = [];
  const lots = new Lots(seed);
  const kinds = Object.entries(doors);
  for (let number = 0; number < count; number++) {
    const [kind, { good, knock }] = lots.of(kinds);
    const document = lots.below(20) === 0 ? garbage(lots) : mutated(lots.of(good), lots);
    const counted = documents[kind] ?? { accepted: 0, refused: 0 };
    documents[kind] = counted;
    try {
      const answer = await knock(document);
      if (answer === "accepted") counted.accepted++;
      else {
        counted.refused++;
        if (answer.length === 0 || answer.some(({ code, message }) => code === "" || message.length < 10))
          failures.push(`${kind} ${number} of seed ${seed} was refused without a reason: ${JSON.stringify(answer)}`);
      }
    } catch (error) {
      failures.push(`${kind} ${number} of seed ${seed}: ${String((error as Error).stack).slice(0, 600)}`);
    }
    if (Object.keys(Object.prototype).length > 0 || "polluted" in {})
      throw new Error(`${kind} ${number} of seed ${seed} has changed what all objects inherit.`);
  }
  return { documents, failures: failures.slice(0, 20) };
}

/** The documents of the examples. */
export function exampleDocuments(pattern: string): unknown[] {
  return globSync(`examples/*/${pattern}`)
    .sort()
    .map((file) => JSON.parse(readFileSync(file, "utf8")) as unknown);
}
