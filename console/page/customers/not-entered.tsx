/** For each journey: why the customer entered or did not enter, and whether they would enter now. */
import { reasonText } from "../../../lambdas/domain/reasons/reason-text.ts";
import type { CustomerAnswer } from "../../api/customers.ts";
import { Time } from "../parts/time.tsx";
import { pathTo } from "../session/path.ts";

const MOST_ATTEMPTS = 5;

export function NotEntered({ answer }: { answer: CustomerAnswer }) {
  const tried = answer.entries.filter(({ answer: { attempts } }) => attempts.length > 0);
  const others = answer.entries.filter(({ answer: { attempts } }) => attempts.length === 0);
  return (
    <>
      <Tried entries={tried} />
      {others.length === 0 ? null : (
        <p class="faint">
          No event or change tried to let the customer into{" "}
          {others.map(({ journeyId, name }, index) => (
            <span key={journeyId}>
              {index === 0 ? "" : ", "}
              <a href={pathTo("journeys", journeyId)}>{name}</a>
            </span>
          ))}
          .
        </p>
      )}
    </>
  );
}

function Tried({ entries }: { entries: CustomerAnswer["entries"] }) {
  return (
    <ul class="findings">
      {entries.map(({ journeyId, name, answer: { attempts, now } }) => (
        <li key={journeyId} class="card-like">
          <h2>
            <a href={pathTo("journeys", journeyId)}>{name}</a>
          </h2>
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
