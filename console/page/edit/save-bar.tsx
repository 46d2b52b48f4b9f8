/** Undo, redo, save as a draft, and publish, after the person has seen what publishing would change. */
import { useEffect, useRef } from "preact/hooks";
import { count } from "../../../insight/words/count.ts";
import type { JourneyPlan } from "../../api/edit.ts";
import type { Desk } from "./desk/use-desk.ts";
import type { Following } from "./desk/use-following.ts";
import { Plan } from "./strip/plan.tsx";

interface BarProps {
  readonly desk: Desk;
  readonly errors: number;
  readonly busy: boolean;
  readonly isChanged: boolean;
  /** Whether a draft may replace the saved document, because no version is live. */
  readonly mayDraft: boolean;
  readonly onDraft: () => void;
  readonly onPublish: () => void;
}

export function SaveBar({ desk, errors, busy, isChanged, mayDraft, onDraft, onPublish }: BarProps) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      onPublish();
    };
    addEventListener("keydown", press, true);
    return () => removeEventListener("keydown", press, true);
  }, [onPublish]);
  return (
    <div class="tools" role="group" aria-label="Save">
      <button type="button" disabled={!desk.history.canUndo} onClick={desk.undo}>
        Undo
      </button>
      <button type="button" disabled={!desk.history.canRedo} onClick={desk.redo}>
        Redo
      </button>
      {mayDraft ? (
        <button type="button" disabled={busy || !isChanged || !desk.draft.isJson} onClick={onDraft}>
          Save as draft
        </button>
      ) : null}
      <button type="button" class="primary" disabled={busy} title="Ctrl Enter" onClick={onPublish}>
        {errors > 0 ? `Publish (${count(errors, "problem")})` : "Publish…"}
      </button>
    </div>
  );
}

interface DialogProps {
  readonly plan: Following<JourneyPlan>;
  readonly hasErrors: boolean;
  readonly busy: boolean;
  readonly onPublish: () => void;
  readonly onClose: () => void;
}

export function PublishDialog({ plan, hasErrors, busy, onPublish, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const { answer, isCurrent } = plan;
  return (
    <dialog ref={dialog} class="publish" aria-label="Publish" onClose={onClose}>
      <h2>What publishing changes</h2>
      <Plan plan={plan} hasErrors={hasErrors} />
      <div class="tools">
        <button type="button" class="primary" disabled={hasErrors || busy || !isCurrent || !answer} onClick={onPublish}>
          {busy
            ? "Publishing…"
            : answer && answer.version > (answer.live?.version ?? 0)
              ? `Publish version ${answer.version}`
              : "Publish"}
        </button>
        <button type="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </dialog>
  );
}
