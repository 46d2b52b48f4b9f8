/** Two people edited the journey at once: what each of them changed, side by side. No work of either person is lost. */
import { differences } from "../../../insight/diff/differences.ts";
import { documentText } from "../../../insight/documents/document-text.ts";
import { members } from "../../../lambdas/domain/documents/unchecked-document.ts";
import type { Saved } from "../../api/edit.ts";
import { merge } from "../../edit/document/merge.ts";
import { Differences } from "../parts/differences.tsx";
import type { Desk } from "./desk/use-desk.ts";

interface Props {
  readonly desk: Desk;
  /** The document with which both people began; absent for a new journey. */
  readonly base: Saved["document"];
  readonly theirs: Saved | undefined;
  /**
   * The next save is based on the other person's save. `both`: the parts that both people changed in different ways.
   */
  readonly onSolved: (both: readonly string[]) => void;
}

export function Conflict({ desk, base, theirs, onSolved }: Props) {
  const mine = desk.draft.value;
  const other = theirs?.document ?? {};
  const join = () => {
    const { document, both } = merge(members(base), mine, members(other));
    desk.write(document);
    onSolved(both);
  };
  return (
    <section class="card-like problem conflict" role="alert">
      <h2>Another person has saved this journey meanwhile</h2>
      <p>Nothing of yours was saved, and nothing is lost. Both began with the same text:</p>
      <div class="both">
        <div>
          <h3>They changed</h3>
          <Differences found={differences(base, other)} />
        </div>
        <div>
          <h3>You changed</h3>
          <Differences found={differences(base, mine)} />
        </div>
      </div>
      <div class="tools">
        <button type="button" class="primary" onClick={join}>
          Join both
        </button>
        <button type="button" onClick={() => onSolved([])}>
          Keep mine, without theirs
        </button>
        <button
          type="button"
          onClick={() => {
            desk.replace(documentText(other));
            onSolved([]);
          }}
        >
          Take theirs (undo brings mine back)
        </button>
      </div>
    </section>
  );
}
