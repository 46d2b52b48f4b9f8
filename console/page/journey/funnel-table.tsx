/** The funnel as a table: each component in the order in which customers meet it. */
import type { Funnel } from "../../../insight/funnel/funnel.ts";
import { kindNames } from "../../../insight/words/captions.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { reasonText } from "../../../lambdas/domain/reasons/reason-text.ts";
import { numberText, percentText } from "../parts/numbers.ts";
import { outcomeText } from "../parts/outcome-text.ts";
import { Amounts } from "./amounts.tsx";

export function FunnelTable({
  journey,
  funnel,
  onChoose,
}: {
  journey: Journey;
  funnel: Funnel;
  onChoose: (id: string) => void;
}) {
  const { entered, components, exited, failed } = funnel;
  const endings = [...Object.entries(exited.reasons), ...Object.entries(failed.reasons)];
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-label="Funnel">
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">Component</th>
              <th scope="col">Kind</th>
              <th scope="col" class="number">
                Came
              </th>
              <th scope="col" class="number">
                Of all
              </th>
              <th scope="col" class="number">
                There now
              </th>
              <th scope="col">Left by</th>
            </tr>
          </thead>
          <tbody>
            {components.map(({ componentId, name, type, live, entered: came, here, left }) => (
              <tr key={componentId}>
                <th scope="row">
                  {live ? (
                    <button type="button" class="link" onClick={() => onChoose(componentId)}>
                      {name ?? componentId}
                    </button>
                  ) : (
                    <>
                      {componentId} <span class="badge">in an older version</span>
                    </>
                  )}
                </th>
                <td>{type === undefined ? "" : kindNames[type]}</td>
                <td class="number">{numberText(came)}</td>
                <td class="number">{entered === 0 ? "" : percentText(came / entered)}</td>
                <td class="number">{numberText(here)}</td>
                <td>
                  {Object.entries(left)
                    .filter(([, count]) => count > 0)
                    .map(
                      ([outcome, count]) =>
                        `${outcomeText(componentId, outcome, journey.components)}: ${numberText(count)}`,
                    )
                    .join(" · ")}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {endings.length === 0 ? null : (
        <div class="endings">
          <h2>Left before the end</h2>
          <Amounts rows={endings.map(([reason, count]) => [reasonText(reason), count])} of={entered} />
        </div>
      )}
    </>
  );
}
