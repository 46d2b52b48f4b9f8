/** What happened in a journey, newest first, in the words of the simulator's timeline. */
import { useMemo } from "preact/hooks";
import { timelineText } from "../../../insight/timeline/timeline-text.ts";
import type { Happened } from "../../api/playground.ts";
import { Time } from "../parts/time.tsx";

const MOST_SHOWN = 100;

export function News({ lines, journeyId }: { lines: readonly Happened[]; journeyId: string }) {
  const shown = useMemo(
    () =>
      lines
        .filter((line) => "journeyId" in line && line.journeyId === journeyId)
        .slice(-MOST_SHOWN)
        .reverse()
        .flatMap((line) => {
          const text = timelineText(line);
          return text ? [{ line, ...text }] : [];
        }),
    [lines, journeyId],
  );
  return (
    <section class="news" aria-label="What happened">
      <h2>What happened</h2>
      {shown.length === 0 ? <p class="faint">Nothing yet. Publish an event, or let time pass.</p> : null}
      <ol tabIndex={0} aria-label="What happened, newest first">
        {shown.map(({ line, mark, color, text }) => (
          <li key={line.number}>
            <Time at={line.at} />
            <span class={`mark ${color}`} aria-hidden="true">
              {mark}
            </span>
            <span>
              {"customerId" in line ? <b>{line.customerId}</b> : null} {text}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
