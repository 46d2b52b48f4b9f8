/** The goals of a journey, with a range for each share, because the share of few customers says little. */
import type { Funnel } from "../../../insight/funnel/funnel.ts";
import { ruleText } from "../../../insight/words/captions.ts";
import { durationText } from "../../../insight/words/duration-text.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { numberText, percentText } from "../parts/numbers.ts";
import { Empty } from "../parts/states.tsx";
import { GoalsOverTime } from "./goals-over-time.tsx";
import { likelyShare } from "./likely-share.ts";

export function Goals({ id, journey, funnel }: { id: string; journey: Journey; funnel: Funnel }) {
  if (funnel.goals.length === 0)
    return (
      <Empty title="This journey has no goal">
        <p>A goal counts the customers who do what the journey is for. Add one to the document as “goals”.</p>
      </Empty>
    );
  return (
    <>
      <div class="goals">
        {funnel.goals.map(({ goalId, reached }) => {
          const rule = journey.goals?.find(({ id }) => id === goalId);
          const { low, share, high } = likelyShare(reached, funnel.entered);
          return (
            <section key={goalId} class="card-like">
              <h2>{goalId}</h2>
              <p class="faint">
                {rule
                  ? `${ruleText(rule)}, within ${durationText(rule.within ?? "P30D")} of entering`
                  : "not in the live version"}
              </p>
              <p>
                <b class="large">{percentText(share)}</b> {numberText(reached)} of {numberText(funnel.entered)}{" "}
                customers
              </p>
              <svg class="range" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect class="whole" width="100" height="8" />
                <rect class="likely" x={low * 100} width={Math.max(0.5, (high - low) * 100)} height="8" />
                <rect class="exact" x={Math.max(0, share * 100 - 0.3)} width="0.6" height="8" />
              </svg>
              <p class="faint">
                Likely between {percentText(low)} and {percentText(high)} (95 %, Wilson).
              </p>
            </section>
          );
        })}
      </div>
      <GoalsOverTime id={id} goals={funnel.goals.map(({ goalId }) => goalId)} />
    </>
  );
}
