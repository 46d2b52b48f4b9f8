/** What happens next to a customer, and when: one sentence for each journey that they are inside. */
import { kindNames } from "../../../insight/words/captions.ts";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { CustomerAnswer } from "../../api/customers.ts";
import { spanText, Time } from "../parts/time.tsx";
import { pathTo } from "../session/path.ts";

export function WhatNext({ answer }: { answer: CustomerAnswer }) {
  const active = answer.record.enrollments.filter(({ status }) => status === "active");
  return (
    <section class="card-like next" aria-label="What happens next">
      <h2>What happens next</h2>
      {active.length === 0 ? (
        <p class="faint">The customer is inside no journey. An event may let them enter.</p>
      ) : null}
      <ul>
        {active.map((enrollment) => (
          <li key={enrollment.enrollmentId}>
            <Next enrollment={enrollment} answer={answer} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Next({ enrollment, answer }: { enrollment: Enrollment; answer: CustomerAnswer }) {
  const { journeyId, journeyVersion, position, steps } = enrollment;
  const { componentId } = position;
  const component = answer.versions[`${journeyId} ${journeyVersion}`]?.components[componentId];
  const step = steps.at(-1);
  const until = step?.outcome === "waiting" ? step.until : undefined;
  return (
    <>
      <a href={pathTo("journeys", journeyId)}>{journeyId}</a>: at <b>{component?.name ?? componentId}</b>
      {component ? ` (${kindNames[component.type].toLowerCase()})` : ""}
      {until === undefined ? (
        ", the next step runs at once."
      ) : (
        <>
          {position.waiting?.for === "signal" ? ", waits for what the customer does, at most until " : ", goes on at "}
          <Time at={until} /> <span class="faint">(in {spanText(answer.now, until)})</span>
        </>
      )}
    </>
  );
}
