/** Prints which changes of the journeys no test notices. */
import { count } from "../../insight/words/count.ts";
import type { Mutation } from "../../proof/mutation/unnoticed.ts";
import type { Io } from "../terminal/io.ts";

export function showMutations(mutations: readonly Mutation[], io: Io): void {
  io.out("");
  for (const { journeyId, document, tried, unnoticed } of mutations) {
    const several = mutations.filter((other) => other.journeyId === journeyId).length > 1;
    const name = several ? `${journeyId} (document ${document})` : journeyId;
    const noticed = tried - unnoticed.length;
    io.out(`${io.style("bold", name)}: the tests notice ${noticed} of ${count(tried, "change")}.`);
    for (const { path, text } of unnoticed) io.out(`    ${io.style("yellow", "not noticed")}  ${path} ${text}`);
  }
}
