/**
 * The remedies of a finding: commands to copy, and a button for each harmless remedy. Before a remedy is applied, a
 * sentence says what it does. The embedded engine has no command line, and a console that only reads has no buttons.
 */
import { useState } from "preact/hooks";
import type { Remedy } from "../../../insight/health/remedy.ts";
import type { RemedyDone } from "../../api/api.ts";
import { perform } from "../session/ask.ts";
import { useSession } from "../session/session.ts";

interface Props {
  readonly area: string;
  readonly remedies: readonly Remedy[];
  /** Is called with the result, because the finding itself may have disappeared. */
  readonly onDone: (outcome: string) => Promise<void>;
}

type Button = NonNullable<Remedy["button"]>;

export function Remedies({ area, remedies, onDone }: Props) {
  const { write, mode } = useSession();
  const [asked, setAsked] = useState<Button>();
  const [busy, setBusy] = useState(false);
  const apply = async ({ action }: Button) => {
    setBusy(true);
    await onDone(await perform("remedy", action).then(sentence, (error: Error) => error.message));
    setBusy(false);
    setAsked(undefined);
  };
  return (
    <div class="remedies" role="group" aria-label={`Remedies for ${area}`}>
      {!write ? null : asked ? (
        <div class="tools">
          <span role="status">{busy ? "Working…" : asked.meaning}</span>
          <button type="button" class="primary" disabled={busy} onClick={() => void apply(asked)}>
            {asked.text} now
          </button>
          <button type="button" disabled={busy} onClick={() => setAsked(undefined)}>
            Cancel
          </button>
        </div>
      ) : (
        <div class="tools">
          {remedies.map(({ command, button }) =>
            button ? (
              <button key={command} type="button" onClick={() => setAsked(button)}>
                {button.text}
              </button>
            ) : null,
          )}
        </div>
      )}
      {mode === "stack" ? remedies.map(({ command }) => <Command key={command} command={command} />) : null}
    </div>
  );
}

const sentence = ({ outcome, problems }: RemedyDone) =>
  [outcome, ...problems.map(({ path, message }) => `${path} ${message}`)].join(" ").trim();

function Command({ command }: { command: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <p class="command">
      <code>{command}</code>
      <button
        type="button"
        class="link"
        aria-label={`Copy ${command}`}
        onClick={() => navigator.clipboard.writeText(command).then(() => setCopied(true))}
      >
        Copy
      </button>
      <span role="status">{copied ? "Copied." : ""}</span>
    </p>
  );
}
