/** The picture of one journey, with its people, and what happens in it. */
import { useMemo } from "preact/hooks";
import type { JourneyRow } from "../../api/journeys.ts";
import type { Happened } from "../../api/playground.ts";
import { marksOf } from "../journey/marks.ts";
import { Loading, Problem } from "../parts/states.tsx";
import { Paper } from "../picture/paper.tsx";
import { People } from "../picture/people.tsx";
import { Picture } from "../picture/picture.tsx";
import { pathTo } from "../session/path.ts";
import { useAnswer } from "../session/use-answer.ts";
import { News } from "./news.tsx";

interface Props {
  readonly journeys: readonly JourneyRow[];
  readonly shown: string;
  readonly onShow: (id: string) => void;
  readonly lines: readonly Happened[];
  /** This value changes when time has passed in the playground; the counts are then read again. */
  readonly moved: string;
}

export function Stage({ journeys, shown, onShow, lines, moved }: Props) {
  const { answer, error } = useAnswer("journey", { id: shown }, "once", moved);
  const { answer: inside } = useAnswer("inside", { id: shown }, "once", moved);
  const { live, funnel } = answer ?? {};
  const marks = useMemo(() => (live && funnel ? marksOf(live.journey, funnel) : undefined), [live, funnel]);
  return (
    <section class="stage" aria-label="Journey">
      <div class="tools">
        <label class="choice">
          Journey{" "}
          <select value={shown} onChange={({ currentTarget }) => onShow(currentTarget.value)}>
            {journeys.map(({ journeyId, name, inside }) => (
              <option key={journeyId} value={journeyId}>
                {name} ({inside} inside)
              </option>
            ))}
          </select>
        </label>
        <a href={pathTo("journeys", shown)}>All about it</a>
      </div>
      {live ? (
        <Paper key={shown} label={`The picture of ${live.journey.name}`}>
          <Picture journey={live.journey} stacked {...(marks && { marks })}>
            {(picture) => <People picture={picture} journeyId={shown} inside={inside?.customers ?? []} lines={lines} />}
          </Picture>
        </Paper>
      ) : error ? (
        <Problem title="The journey could not be read" error={error} />
      ) : (
        <Loading what="the journey" />
      )}
      <News lines={lines} journeyId={shown} />
    </section>
  );
}
