/**
 * One passage, drawn on the version that the customer entered with. The path of the customer is dark, and the rest is
 * pale.
 */
import { useMemo } from "preact/hooks";
import { overlayOf } from "../../../insight/picture/diagram/overlay.ts";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { CustomerAnswer } from "../../api/customers.ts";
import { Empty } from "../parts/states.tsx";
import { timeText } from "../parts/time.tsx";
import { Paper } from "../picture/paper.tsx";
import { Picture } from "../picture/picture.tsx";

interface Props {
  readonly answer: CustomerAnswer;
  readonly chosen: Enrollment | undefined;
  readonly onChoose: (enrollmentId: string) => void;
}

export function Passage({ answer, chosen, onChoose }: Props) {
  if (!chosen)
    return (
      <Empty title="The customer never entered a journey">
        <p>“Why not entered” says why.</p>
      </Empty>
    );
  const { enrollments } = answer.record;
  return (
    <>
      <div class="tools">
        <label>
          Passage{" "}
          <select value={chosen.enrollmentId} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
            {enrollments.toReversed().map(({ enrollmentId, journeyId, journeyVersion, enteredAt, status }) => (
              <option key={enrollmentId} value={enrollmentId}>
                {journeyId} v{journeyVersion}, {timeText(enteredAt, "utc")}, {status}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Drawn key={chosen.enrollmentId} answer={answer} enrollment={chosen} />
    </>
  );
}

function Drawn({ answer, enrollment }: { answer: CustomerAnswer; enrollment: Enrollment }) {
  const { journeyId, journeyVersion, enrollmentId } = enrollment;
  const journey = answer.versions[`${journeyId} ${journeyVersion}`];
  const overlay = useMemo(
    () =>
      journey &&
      overlayOf(
        enrollment,
        journey,
        (answer.decisions[enrollmentId] ?? []).map((step) => step ?? undefined),
      ),
    [journey, enrollment, answer.decisions, enrollmentId],
  );
  if (!journey || !overlay)
    return (
      <p class="bad-text">
        Version {journeyVersion} of {journeyId} is not stored any more.
      </p>
    );
  return (
    <Paper label={`The passage through ${journeyId}`}>
      <Picture journey={journey} overlay={overlay} />
    </Paper>
  );
}
