/** Why a customer entered each journey, or not, and whether they would enter now. */
import { reasonText } from "../../../lambdas/domain/reasons/reason-text.ts";
import type { CustomerAnswer } from "../../api/customers.ts";
import { Time } from "../parts/time.tsx";
import { pathTo } from "../route.ts";

const MOST_ATTEMPTS = 5;

export function NotEntered({ answer }: { answer: CustomerAnswer }) {
  const tried = answer.entries.toSorted((a, b) => b.answer.attempts.length - a.answer.attempts.length);
  return (
    <ul class="findings">
      {tried.map(({ journeyId, name, answer: { attempts, now } }) => (
        <li key={journeyId} class="card-like">
          <h3>
            <a href={pathTo("journeys", journeyId)}>{name}</a>
          </h3>
          <ul>
            {attempts.slice(-MOST_ATTEMPTS).map((attempt) => (
              <li key={attempt.at + attempt.eventId}>
                <Time at={attempt.at} />{" "}
                {attempt.entered
                  ? `entered v${attempt.version}; ${attempt.status} now.`
                  : `did not enter: ${attempt.because}`}
              </li>
            ))}
          </ul>
          <p class="faint">
            {attempts.length === 0 ? "No event or change tried to let the customer in. " : ""}
            {now.enters
              ? "The same event would let the customer in now."
              : (now.because ??
                (now.reason === undefined ? "No event that lets customers in is stored." : reasonText(now.reason)))}
          </p>
        </li>
      ))}
    </ul>
  );
}
