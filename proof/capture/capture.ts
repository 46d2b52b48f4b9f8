/**
 * Makes a small journey test from a customer's real passage, with made-up values: the simulated customer takes the same
 * path and ends the same way. Data on which the passage does not depend is left out. Each step is checked by a
 * simulation.
 */
import { members } from "../../lambdas/domain/documents/unchecked-document.ts";
import { isSharedKind } from "../../lambdas/domain/messages/shared-text.ts";
import type { Template } from "../../lambdas/domain/messages/template.ts";
import { type Expected, expectedOf, found } from "./expected-passage.ts";
import { madeUp } from "./made-up.ts";
import { personalIn, personalValues } from "./personal.ts";
import { type Recorded, recordedScenario, type Source, startsOf } from "./recorded-scenario.ts";
import { type Holds, reduced } from "./reduce.ts";

export type Captured =
  | { readonly test: Readonly<Record<string, unknown>> }
  /** Why the passage cannot be captured. The text of the reason has no personal value. */
  | { readonly refused: string };

export async function capture(source: Source): Promise<Captured> {
  const { id: journeyId, name } = source.journey;
  const expected = expectedOf(source.enrollment);
  const holds: Holds = async (scenario) => (await found(scenario, journeyId, expected)) !== undefined;
  const start = await firstThatHolds(source, holds);
  if (!start) return { refused: notReproduced };
  const small = await reduced(start, holds);
  const personal = personalValues(source);
  const anonymous = await madeUp(small, { personal, holds });
  if ("stuck" in anonymous) return { refused: notReplaceable };
  const { journeys: _, templates: __, segments: ___, edits, ...scenario } = anonymous;
  if (personalIn([scenario, edits.map(({ at }) => at)], personal).length > 0) return { refused: notReplaceable };
  const place = await found(anonymous, journeyId, expected);
  if (!place) return { refused: notReproduced };
  return {
    test: testOf(`A customer of ${name}, captured`, anonymous, expected, place),
  };
}

/** The first scenario in which the customer takes the same path: without the texts of messages if possible. */
async function firstThatHolds(source: Source, holds: Holds): Promise<Recorded | undefined> {
  const templates = source.templates.filter((each) => !isSharedKind(members(each).kind)).map(withoutTexts);
  const brief = { ...source, templates: templates as unknown as Template[] };
  for (const start of startsOf(source))
    for (const each of [brief, source]) {
      const scenario = recordedScenario(each, start);
      if (await holds(scenario)) return scenario;
    }
  return undefined;
}

const notReproduced =
  "The simulator does not take the same path with what is stored: values that decided have changed or expired since, or other journeys changed them.";
const notReplaceable =
  "A personal value decides on the path, and no made-up value leads to the same path. Nothing was written.";

/** The texts of messages decide nothing, and they may read any attribute. Without texts, no layout is needed. */
function withoutTexts({
  id,
  channel,
  class: kind,
  topic,
  subject,
  html,
  text,
  whatsapp,
}: Template): Readonly<Record<string, unknown>> {
  return {
    id,
    channel,
    class: kind,
    ...(topic !== undefined && { topic }),
    ...(subject !== undefined && { subject: "Made up" }),
    ...(html !== undefined || text !== undefined ? { text: "Made up" } : {}),
    // WhatsApp takes an approved template at any time, and a text only for a day after a message of the customer.
    ...(whatsapp && { whatsapp: { template: "made_up" } }),
  };
}

function testOf(
  name: string,
  { splits, edits, statuses, entries, segments, events, ...scenario }: Recorded,
  { goals, reason, ...expected }: Expected,
  { enrollment, of }: { enrollment: number; of: number },
) {
  const several = of > 1 && { enrollment };
  return {
    name,
    ...scenario,
    ...(segments.length > 0 && { segments }),
    ...(events.length > 0 && { events }),
    ...(entries.length > 0 && { entries }),
    ...(statuses.length > 0 && { statuses }),
    ...(splits.length > 0 && { splits }),
    ...(edits.length > 0 && { edits }),
    expect: [
      { customerId: "customer-1", ...several, ...expected, ...(reason !== undefined && { reason }), ...sorted(goals) },
    ],
  };
}

/** When one event reaches several goals, they stand in the order of the journey. */
const sorted = (goals: string[]) => (goals.length < 2 ? { goals } : {});
