/** A difference as the command prints it: what happened on each side, and the data that the decisions read. */
import { decisionText } from "../../insight/decisions/decision-text.ts";
import { decisionsOf } from "../../insight/decisions/decisions.ts";
import type { Journeys } from "../../lambdas/app/ports.ts";
import { EPOCH } from "../../lambdas/domain/time/time.ts";
import type { ArchivedCustomer } from "../../proof/replay/archive.ts";
import type { Difference } from "../../proof/replay/first-difference.ts";
import type { Passage, Replayer } from "../../proof/replay/replayer.ts";
import type { CustomerLine } from "../../simulator/timeline.ts";
import { entryReasons, recordOf } from "../simulate/entry-reasons.ts";

interface Side {
  readonly line: CustomerLine;
  /** The data that the decision read; absent when it read none. */
  readonly because?: string;
}

export interface ToldDifference {
  readonly kind: "difference";
  readonly at: string;
  readonly customerId: string;
  readonly journeyId: string;
  readonly enrollmentId: string;
  readonly against: Side | null;
  readonly draft: Side | null;
}

export async function toldDifference(
  { before, after, ...about }: Difference,
  customer: ArchivedCustomer,
  sides: { readonly against: Replayer; readonly draft: Replayer },
): Promise<ToldDifference> {
  const side = async (line: CustomerLine | undefined, replayer: Replayer): Promise<Side | null> => {
    if (!line) return null;
    // The data as it was at the decision.
    const then = await replayer.replay(customer, undefined, line.at);
    const because = await reasonOf(line, then, replayer.documents.journeys);
    return { line: withoutText(line), ...(because !== undefined && { because }) };
  };
  return {
    kind: "difference",
    ...about,
    against: await side(before, sides.against),
    draft: await side(after, sides.draft),
  };
}

async function reasonOf(
  line: CustomerLine,
  { store, lines }: Passage,
  journeys: Journeys,
): Promise<string | undefined> {
  if (line.kind === "not-entered") {
    const same = lines.find((each) => each.kind === line.kind && each.enrollmentId === line.enrollmentId);
    return same && (await entryReasons(lines, store, journeys))(same);
  }
  if (line.kind !== "component") return undefined;
  const partition = [...store.all()].find(({ customer }) => customer.customerId === line.customerId);
  const enrollment = partition?.enrollments.get(line.enrollmentId);
  const version = enrollment && (await journeys.version(line.journeyId, enrollment.journeyVersion));
  if (!partition || !version) return undefined;
  const index = enrollment.steps.findLastIndex(({ componentId }) => componentId === line.componentId);
  const decision = decisionsOf(enrollment, version, recordOf(partition), EPOCH)[index];
  return decision && decisionText(decision);
}

function withoutText(line: CustomerLine): CustomerLine {
  if (line.kind !== "message") return line;
  const { html: _, text: __, ...rest } = line;
  return rest;
}
