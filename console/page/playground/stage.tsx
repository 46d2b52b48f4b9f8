/** The picture of one journey, and what happens in it. */
import type { JourneyRow } from "../../api/journeys.ts";
import type { Happened } from "../../api/playground.ts";
import { Loading, Problem } from "../parts/states.tsx";
import { Picture } from "../picture/picture.tsx";
import { useAnswer } from "../use-answer.ts";
import { News } from "./news.tsx";

interface Props {
  readonly journeys: readonly JourneyRow[];
  readonly shown: string;
  readonly onShow: (id: string) => void;
  readonly lines: readonly Happened[];
}

export function Stage({ journeys, shown, onShow, lines }: Props) {
  const { answer, error } = useAnswer("journey", { id: shown });
  return (
    <section class="stage" aria-label="Journey">
      <label class="choice">
        Journey
        <select value={shown} onChange={({ currentTarget }) => onShow(currentTarget.value)}>
          {journeys.map(({ journeyId, name }) => (
            <option key={journeyId} value={journeyId}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {answer?.live ? (
        <div class="paper">
          <Picture journey={answer.live.journey} />
        </div>
      ) : error ? (
        <Problem title="The journey could not be read" error={error} />
      ) : (
        <Loading what="the journey" />
      )}
      <News lines={lines} journeyId={shown} />
    </section>
  );
}
