/** The mailbox of all customers: every message of the playground, newest first. Nothing was really sent. */
import { useMemo } from "preact/hooks";
import type { Happened } from "../../api/playground.ts";
import { Time } from "../parts/time.tsx";

type Message = Extract<Happened, { kind: "message" }>;

const MOST_SHOWN = 50;

export function Mailbox({
  lines,
}: {
  lines: readonly Happened[];
  act: (deed: () => Promise<unknown>) => Promise<void>;
}) {
  const messages = useMemo(
    () =>
      lines
        .filter((line): line is Message => line.kind === "message")
        .slice(-MOST_SHOWN)
        .reverse(),
    [lines],
  );
  return (
    <section class="card-like mailbox" aria-label="Mailbox">
      <h2>Mailbox</h2>
      {messages.length === 0 ? <p class="faint">No message yet.</p> : null}
      <ol>
        {messages.map((message) => (
          <li key={message.number}>
            <b>{message.subject ?? message.template}</b>
            <span class="faint">
              {message.to ?? message.customerId} · <Time at={message.at} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
