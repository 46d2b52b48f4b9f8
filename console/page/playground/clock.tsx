/** The clock of the playground. Time passes only when the person moves the clock. */

import { spanText, timeText } from "../parts/time.tsx";
import { perform } from "../session/ask.ts";
import { usePlaying } from "./use-playing.ts";

interface Props {
  readonly now: string;
  readonly next: string | undefined;
  readonly busy: boolean;
  readonly act: (action: () => Promise<unknown>) => Promise<void>;
}

export function Clock({ now, next, busy, act }: Props) {
  const move = (body: { readonly by: string } | { readonly to: "next" }) => () =>
    act(() => perform("playground-move", body));
  const toNext = move({ to: "next" });
  const { isPlaying, toggle } = usePlaying(next === undefined ? undefined : toNext);
  return (
    <div class="clock" role="group" aria-label="Clock">
      <output class="now" title="Virtual time, in UTC">
        {weekday(now)} {timeText(now, "utc")}
      </output>
      <button type="button" disabled={busy} onClick={move({ by: "PT1H" })}>
        +1 h
      </button>
      <button type="button" disabled={busy} onClick={move({ by: "P1D" })}>
        +1 day
      </button>
      <button type="button" class="primary" disabled={busy || next === undefined} onClick={toNext}>
        Next thing due{next === undefined || next <= now ? "" : ` (in ${spanText(now, next)})`}
      </button>
      <button
        type="button"
        class="play"
        disabled={next === undefined && !isPlaying}
        aria-pressed={isPlaying}
        aria-label="Play on by itself"
        title={isPlaying ? "Stop here" : "Go from one thing due to the next, by itself"}
        onClick={toggle}
      >
        {isPlaying ? "❚❚" : "▶"}
      </button>
      <button type="button" disabled={busy} onClick={() => act(() => perform("playground-reset", {}))}>
        Reset
      </button>
    </div>
  );
}

const weekday = (time: string) =>
  new Intl.DateTimeFormat("en-GB", { weekday: "short", timeZone: "UTC" }).format(new Date(time));
