/** A scenario, run through the production interpreter as the person types: a slider through virtual time. */
import { timelineText } from "../../../../insight/timeline/timeline-text.ts";
import { Time } from "../../parts/time.tsx";
import type { Simulated } from "../desk/use-simulation.ts";

export function Simulation({ simulated, hasErrors }: { simulated: Simulated; hasErrors: boolean }) {
  if (hasErrors) return <p>Solve the problems first: then customers walk through the journey here.</p>;
  const { choices, chosen, choose, lines, moments, index, moveTo, customer, follow, error, warnings } = simulated;
  const now = moments[index] ?? "";
  const customers = [...new Set(lines.flatMap((line) => ("customerId" in line ? [line.customerId] : [])))];
  const shown = lines.filter(
    (line) => line.at <= now && (customer === undefined || !("customerId" in line) || line.customerId === customer),
  );
  return (
    <div class="simulation">
      <div class="tools">
        <label>
          Scenario{" "}
          <select value={chosen} onChange={({ currentTarget }) => choose(currentTarget.value)}>
            {choices.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label class="slider">
          Time{" "}
          <input
            type="range"
            min={0}
            max={Math.max(0, moments.length - 1)}
            value={index}
            aria-valuetext={now}
            onInput={({ currentTarget }) => moveTo(Number(currentTarget.value))}
          />
        </label>
        {now === "" ? null : <Time at={now} />}
      </div>
      {error ? <p class="bad-text">{error.message}</p> : null}
      {lines.length === 0 && !error ? <p role="status">The simulation runs…</p> : null}
      <div class="segments" role="group" aria-label="Whose way">
        <button type="button" aria-pressed={customer === undefined} onClick={() => follow(undefined)}>
          All customers
        </button>
        {customers.map((each) => (
          <button key={each} type="button" aria-pressed={each === customer} onClick={() => follow(each)}>
            {each}
          </button>
        ))}
      </div>
      <ol class="happened" tabIndex={0} aria-label="What happens, newest first">
        {shown
          .flatMap((line, place) => {
            const text = timelineText(line);
            return text ? [{ line, place, ...text }] : [];
          })
          .reverse()
          .map(({ line, place, mark, text }) => (
            <li key={place}>
              <Time at={line.at} /> <span aria-hidden="true">{mark}</span>{" "}
              {"customerId" in line ? <b>{line.customerId}</b> : null} {text}
            </li>
          ))}
      </ol>
      {warnings.map((warning) => (
        <p key={warning} class="faint">
          {warning}
        </p>
      ))}
    </div>
  );
}
