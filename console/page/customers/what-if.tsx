/** An experiment on a copy of the customer in the simulator: an event, a status, or only the passing of time. */
import { useState } from "preact/hooks";
import { timelineText } from "../../../insight/timeline/timeline-text.ts";
import { type Status, statuses } from "../../../lambdas/domain/messages/message-status.ts";
import type { JsonObject } from "../../../lambdas/domain/values/json.ts";
import type { CustomerAnswer, WhatIfAnswer } from "../../api/customers.ts";
import { Time } from "../parts/time.tsx";
import { perform } from "../session/ask.ts";

type Kind = "nothing" | "event" | "status";

export function WhatIf({ answer }: { answer: CustomerAnswer }) {
  const { customerId, enrollments } = answer.record;
  const sent = [...new Set(enrollments.flatMap(({ messages }) => messages.map(({ componentId }) => componentId)))];
  const [kind, setKind] = useState<Kind>("nothing");
  const [event, setEvent] = useState("");
  const [data, setData] = useState("{}");
  const [message, setMessage] = useState(sent[0] ?? "");
  const [status, setStatus] = useState<Status>("read");
  const [during, setDuring] = useState("P7D");
  const [result, setResult] = useState<WhatIfAnswer>();
  const [error, setError] = useState("");

  const submit = async (submitted: Event) => {
    submitted.preventDefault();
    setError("");
    try {
      setResult(
        await perform("what-if", {
          customerId,
          during,
          ...(kind === "event" && { event: { name: event, data: JSON.parse(data) as JsonObject } }),
          ...(kind === "status" && { status: { componentId: message, status } }),
        }),
      );
    } catch (failed) {
      setError((failed as Error).message);
    }
  };
  return (
    <div class="what-if">
      <form class="tools" onSubmit={submit}>
        <label>
          Try{" "}
          <select value={kind} onChange={({ currentTarget }) => setKind(currentTarget.value as Kind)}>
            <option value="nothing">only time</option>
            <option value="event">an event</option>
            {sent.length > 0 ? <option value="status">a message status</option> : null}
          </select>
        </label>
        {kind === "event" ? (
          <>
            <label>
              Event <input required value={event} onInput={({ currentTarget }) => setEvent(currentTarget.value)} />
            </label>
            <label>
              Data{" "}
              <input value={data} spellcheck={false} onInput={({ currentTarget }) => setData(currentTarget.value)} />
            </label>
          </>
        ) : null}
        {kind === "status" ? (
          <>
            <label>
              Message{" "}
              <select value={message} onChange={({ currentTarget }) => setMessage(currentTarget.value)}>
                {sent.map((id) => (
                  <option key={id}>{id}</option>
                ))}
              </select>
            </label>
            <label>
              Status{" "}
              <select value={status} onChange={({ currentTarget }) => setStatus(currentTarget.value as Status)}>
                {statuses.map((each) => (
                  <option key={each}>{each}</option>
                ))}
              </select>
            </label>
          </>
        ) : null}
        <label>
          and watch for{" "}
          <select value={during} onChange={({ currentTarget }) => setDuring(currentTarget.value)}>
            <option value="PT1H">an hour</option>
            <option value="P1D">a day</option>
            <option value="P7D">a week</option>
            <option value="P30D">30 days</option>
            <option value="P365D">a year</option>
          </select>
        </label>
        <button type="submit" class="primary">
          Try it
        </button>
      </form>
      <p class="faint">It happens to a copy in the simulator. Nothing is stored and nothing is sent.</p>
      {error === "" ? null : (
        <p class="bad-text" role="alert">
          {error}
        </p>
      )}
      {result ? <Result result={result} /> : null}
    </div>
  );
}

function Result({ result: { lines, warnings } }: { result: WhatIfAnswer }) {
  const shown = lines.flatMap((line) => {
    const text = timelineText(line);
    return text ? [{ at: line.at, ...text }] : [];
  });
  return (
    <div role="status">
      {shown.length === 0 ? <p>Nothing would happen in this time.</p> : null}
      <ol class="timeline">
        {shown.map(({ at, mark, text }, index) => (
          <li key={`${at} ${index}`}>
            <Time at={at} />
            <span class="mark" aria-hidden="true">
              {mark}
            </span>
            <span>{text}</span>
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
