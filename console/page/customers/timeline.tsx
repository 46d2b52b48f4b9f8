/** What happened to a customer, newest first: events, steps with the data that decided them, messages, entries that failed. */
import type { ComponentChildren } from "preact";
import type { CustomerRecord } from "../../../insight/customer/record.ts";
import { decisionText } from "../../../insight/decisions/decision-text.ts";
import { reasonText } from "../../../lambdas/domain/reasons/reason-text.ts";
import type { CustomerAnswer } from "../../api/customers.ts";
import { componentsOf, outcomeText } from "../parts/outcome-text.ts";
import { Time } from "../parts/time.tsx";

interface Entry {
  readonly at: string;
  readonly mark: string;
  readonly text: string;
  readonly detail?: ComponentChildren;
}

export function Timeline({ answer }: { answer: CustomerAnswer }) {
  const entries = [...eventEntries(answer.record), ...stepEntries(answer)]
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .reverse();
  if (entries.length === 0) return <p class="faint">Nothing happened yet.</p>;
  return (
    <ol class="timeline">
      {entries.map(({ at, mark, text, detail }, index) => (
        <li key={`${at} ${index} ${text}`}>
          <Time at={at} />
          <span class="mark" aria-hidden="true">
            {mark}
          </span>
          <span>
            {text}
            {detail ? <span class="faint sub">{detail}</span> : null}
          </span>
        </li>
      ))}
    </ol>
  );
}

function eventEntries({ events, reasons }: CustomerRecord): Entry[] {
  return [
    ...events.map(({ name, time, data }) => ({
      at: time,
      mark: "⚡",
      text: name,
      detail: Object.keys(data).length > 0 ? JSON.stringify(data) : undefined,
    })),
    ...reasons.map(({ at, journeyId, reason }) => ({
      at,
      mark: "–",
      text: `did not enter ${journeyId}: ${reasonText(reason)}`,
    })),
  ];
}

function stepEntries({ record, decisions, versions }: CustomerAnswer): Entry[] {
  return record.enrollments.flatMap((enrollment) => {
    const { journeyId, journeyVersion, enteredAt, steps, status, reason, endedAt, goals, messages } = enrollment;
    const components = componentsOf(versions[`${journeyId} ${journeyVersion}`]);
    const nameOf = (id: string) => components[id]?.name ?? id;
    const decided = decisions[enrollment.enrollmentId] ?? [];
    const entries: Entry[] = [{ at: enteredAt, mark: "▶", text: `entered ${journeyId} v${journeyVersion}` }];
    for (const [index, { componentId, outcome, at, leftAt, until, reason: why }] of steps.entries()) {
      const decision = decided[index];
      const how = outcome === "waiting" ? ": waits" : `: ${outcomeText(componentId, outcome, components)}`;
      entries.push({
        at: leftAt ?? at,
        mark: outcome === "waiting" ? "…" : "·",
        text: `${journeyId}, ${nameOf(componentId)}${how}${why === undefined ? "" : `, ${reasonText(why)}`}`,
        detail: decision
          ? decisionText(decision)
          : until !== undefined &&
            outcome === "waiting" && (
              <>
                until <Time at={until} />
              </>
            ),
      });
    }
    for (const { componentId, statuses, state, claimedAt } of messages) {
      if (state === "skipped") continue;
      const reached = Object.entries(statuses).sort(([, a], [, b]) => (a < b ? -1 : 1));
      entries.push({ at: claimedAt, mark: "✉", text: `${journeyId}, ${nameOf(componentId)}: message ${state}` });
      for (const [name, time] of reached)
        if (name !== "sent") entries.push({ at: time, mark: "✉", text: `${nameOf(componentId)}: message ${name}` });
    }
    for (const [goalId, at] of Object.entries(goals))
      entries.push({ at, mark: "★", text: `reached the goal ${goalId} of ${journeyId}` });
    if (status !== "active")
      entries.push({
        at: endedAt ?? enteredAt,
        mark: status === "completed" ? "✓" : status === "exited" ? "◀" : "✗",
        text: `${status} ${journeyId}${reason === undefined ? "" : `: ${reasonText(reason)}`}`,
      });
    return entries;
  });
}
