/** Names with numbers. A bar shows the share of each number in the whole. */
import { numberText, percentText } from "../parts/numbers.ts";

interface Props {
  readonly rows: readonly (readonly [name: string, amount: number])[];
  readonly of?: number;
}

export function Amounts({ rows, of }: Props) {
  if (rows.length === 0) return <p class="faint">Nobody yet.</p>;
  return (
    <dl class="amounts">
      {rows.map(([name, amount]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {of !== undefined && of > 0 ? <span class="faint">{percentText(amount / of)} </span> : null}
            <b>{numberText(amount)}</b>
          </dd>
          {of !== undefined && of > 0 ? (
            <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
              <rect width={Math.min(100, (amount / of) * 100)} height="4" />
            </svg>
          ) : null}
        </div>
      ))}
    </dl>
  );
}
