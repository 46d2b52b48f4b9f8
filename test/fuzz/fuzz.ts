/**
 * Sends thousands of bad documents to every input: journeys, templates, events, delivery reports and requests to the
 * unsubscribe page. No input may throw an unexpected error, every refusal has a readable reason, and every accepted
 * document is really handled.
 */
import { globSync, readFileSync } from "node:fs";
import { doors } from "./doors.ts";
import { Lots } from "./lots.ts";
import { garbage, mutated } from "./mutate.ts";

export interface Fuzzed {
  readonly documents: Readonly<Record<string, { readonly accepted: number; readonly refused: number }>>;
  /** The failures, each with the seed and number of its document. */
  readonly failures: readonly string[];
  /** The most memory that this process has had. */
  readonly megabytes?: number;
  /** The size of the largest message, and the work for the one that took longest. */
  readonly mostOfAMessage?: { readonly bytes: number; readonly seconds: number };
}

/** The reason for a refusal; `undefined` when the input accepts the document. */
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
