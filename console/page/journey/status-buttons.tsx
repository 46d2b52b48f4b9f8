/**
 * Pauses, holds or resumes a journey. Before that, a sentence says what the change means, and for how many customers.
 */
import { useState } from "preact/hooks";
import { insideDo } from "../../../insight/words/count.ts";
import type { JourneyStatusAction } from "../../api/journeys.ts";
import { perform } from "../session/ask.ts";
import { useSession } from "../session/session.ts";

type Verb = JourneyStatusAction["verb"];

const verbs: Readonly<Record<Verb, { readonly text: string; readonly meaning: (inside: number) => string }>> = {
  pause: { text: "Pause", meaning: (inside) => `No customer enters any more; ${insideDo(inside, "continue")}.` },
  hold: { text: "Hold", meaning: (inside) => `No customer enters, and ${insideDo(inside, "stay")} where they are.` },
  resume: {
    text: "Resume",
    meaning: (inside) =>
      `${insideDo(inside, "continue")}. New customers enter again, unless the journey was paused before it was held.`,
  },
};

const offered: Readonly<Partial<Record<string, readonly Verb[]>>> = {
  active: ["pause", "hold"],
  paused: ["resume", "hold"],
  held: ["resume"],
};

interface Props {
  readonly id: string;
  readonly status: string;
  readonly inside: number;
  readonly onDone: () => Promise<void>;
}

export function StatusButtons({ id, status, inside, onDone }: Props) {
  const { write } = useSession();
  const [asked, setAsked] = useState<Verb>();
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  if (!write) return null;
  const change = async (verb: Verb) => {
    setBusy(true);
    try {
      const { problems } = await perform("journey-status", { id, verb });
      setWrong(problems.map(({ message }) => message).join(" "));
      await onDone();
    } catch (error) {
      setWrong((error as Error).message);
    } finally {
      setBusy(false);
      setAsked(undefined);
    }
  };
  return (
    <div class="tools" role="group" aria-label="Status">
      {asked === undefined ? (
        (offered[status] ?? []).map((verb) => (
          <button key={verb} type="button" onClick={() => setAsked(verb)}>
            {verbs[verb].text}
          </button>
        ))
      ) : (
        <>
          <span role="status">{verbs[asked].meaning(inside)}</span>
          <button type="button" class="primary" disabled={busy} onClick={() => change(asked)}>
            {verbs[asked].text} {id}
          </button>
          <button type="button" disabled={busy} onClick={() => setAsked(undefined)}>
            Cancel
          </button>
        </>
      )}
      {wrong === "" ? null : (
        <span class="bad-text" role="alert">
          {wrong}
        </span>
      )}
    </div>
  );
}
