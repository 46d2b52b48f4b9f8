/** What the journey costs, by path. */
import type { JourneyCost } from "../../../api/edit.ts";
import { Problem } from "../../parts/states.tsx";
import type { Following } from "../desk/use-following.ts";

const dollarText = (dollars: number) => `$ ${dollars.toFixed(2)}`;

export function Cost({
  cost: { answer, error, isCurrent },
  hasErrors,
}: {
  cost: Following<JourneyCost>;
  hasErrors: boolean;
}) {
  if (hasErrors) return <p>Solve the problems first: then this says what the journey costs.</p>;
  if (error && isCurrent) return <Problem title="The cost could not be computed" error={error} />;
  if (!answer) return <p role="status">One customer takes each path in the simulator…</p>;
  const { paths, per, region, priceDate, more, worst, unpriced } = answer;
  return (
    <div class={isCurrent ? "" : "old"}>
      <p class="faint">
        For {per.toLocaleString("en")} customers who enter, at list prices of {region} ({priceDate}).
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-label="Cost by path">
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">Path</th>
              <th scope="col" class="number">
                Days
              </th>
              <th scope="col" class="number">
                Cost
              </th>
            </tr>
          </thead>
          <tbody>
            {paths.map(({ path, days, dollars }) => (
              <tr key={path}>
                <th scope="row">
                  {path} {path === worst && paths.length > 1 ? <span class="badge">most expensive</span> : null}
                </th>
                <td class="number">{days.toFixed(1)}</td>
                <td class="number">{dollarText(dollars)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {unpriced.length > 0 ? (
        <p class="faint">
          The fees of AWS and Meta for WhatsApp messages are not included: <code>journeys cost</code> counts them when
          you give the prices.
        </p>
      ) : null}
      {more ? <p class="faint">There are more paths; these are the first {paths.length}.</p> : null}
    </div>
  );
}
