/** The workbench of the page that edits a journey: its parts, and which of them are open. */
import { useMemo, useState } from "preact/hooks";
import { isError } from "../../../lambdas/domain/documents/problem.ts";
import type { EditAnswer } from "../../api/edit.ts";
import { surroundingsOf } from "../../edit/text/draft.ts";
import { Tabs } from "../parts/tabs.tsx";
import { perform } from "../session/ask.ts";
import { pathTo } from "../session/path.ts";
import { useSession } from "../session/session.ts";
import { Conflict } from "./conflict.tsx";
import { useDesk } from "./desk/use-desk.ts";
import { useFollowing } from "./desk/use-following.ts";
import { useSimulation } from "./desk/use-simulation.ts";
import { Form } from "./form/form.tsx";
import type { Kept } from "./kept-text.ts";
import { DraftView } from "./picture/draft-view.tsx";
import { PublishDialog, SaveBar } from "./save-bar.tsx";
import { Cost } from "./strip/cost.tsx";
import { Plan } from "./strip/plan.tsx";
import { Problems } from "./strip/problems.tsx";
import { Simulation } from "./strip/simulation.tsx";
import { published, useSaving } from "./use-saving.ts";

interface Props {
  readonly id: string | undefined;
  readonly from: string;
  readonly place: string;
  readonly answer: EditAnswer;
  readonly savedText: string;
  /** Unsaved text of an earlier visit. */
  readonly before: Kept | undefined;
}

export function Workbench({ id, from, place, answer, savedText, before }: Props) {
  const { write } = useSession();
  const surroundings = useMemo(
    () => surroundingsOf(answer.templates, id, new Set(answer.journeys), answer.segments),
    [answer, id],
  );
  const vocabulary = useMemo(
    () => ({ ...answer.names, templates: answer.templates.map((each) => String(each.id)) }),
    [answer],
  );
  const desk = useDesk({ text: before?.text ?? savedText, readOnly: !write, surroundings, vocabulary });
  const { draft } = desk;
  const saving = useSaving({ id, from, place, answer, desk, savedText, before });
  const [left, setLeft] = useState<"text" | "form">(id === undefined && from === "empty" ? "form" : "text");
  const [tab, setTab] = useState("problems");
  const [isPublishing, setPublishing] = useState(false);
  const errors = draft.problems.filter(isError).length;
  const document = useMemo(() => (draft.journey ? published(draft.value) : undefined), [draft.journey, draft.value]);
  const plan = useFollowing(document, (asked) => perform("journey-plan", { document: asked }));
  const cost = useFollowing(tab === "cost" ? document : undefined, (asked) =>
    perform("journey-cost", { document: asked }),
  );
  const simulated = useSimulation(tab === "simulation" ? draft.journey : undefined, answer);
  const name = String(draft.value.name ?? id ?? "New journey");
  return (
    <div class="edit">
      <div class="heading">
        <h1>{name}</h1>
        <span class="faint">
          {id === undefined ? (
            "new"
          ) : (
            <a href={pathTo("journeys", id)}>
              {answer.version > 0 ? `v${saving.version} is live` : "no version is live"}
            </a>
          )}
          {saving.isChanged ? " · changed" : ""}
        </span>
        {write ? (
          <SaveBar
            desk={desk}
            errors={errors}
            busy={saving.busy}
            isChanged={saving.isChanged}
            mayDraft={saving.version === 0}
            onDraft={saving.saveDraft}
            onPublish={() => setPublishing(true)}
          />
        ) : (
          <span class="badge">read-only: start the console with --write to edit</span>
        )}
      </div>
      {saving.told === "" ? null : (
        <p class={saving.isWrong ? "bad-text" : "told"} role={saving.isWrong ? "alert" : "status"}>
          {saving.told}{" "}
          {saving.onDiscard ? (
            <button type="button" class="link" onClick={saving.onDiscard}>
              Discard it
            </button>
          ) : null}
        </p>
      )}
      {saving.conflict ? (
        <Conflict
          desk={desk}
          base={saving.base?.document ?? {}}
          theirs={saving.conflict.saved}
          onSolved={saving.solved}
        />
      ) : null}
      <div class="bench">
        <section class="left" aria-label="Document">
          <div class="segments" role="group" aria-label="How the document is shown">
            <button type="button" aria-pressed={left === "text"} onClick={() => setLeft("text")}>
              Text
            </button>
            <button type="button" aria-pressed={left === "form"} onClick={() => setLeft("form")}>
              Form
            </button>
          </div>
          <div class={left === "text" ? "text-place" : "text-place away"} ref={desk.place} />
          {left === "form" ? <Form desk={desk} readOnly={!write} /> : null}
        </section>
        <DraftView
          desk={desk}
          readOnly={!write}
          onInserted={() => setLeft("form")}
          counts={tab === "simulation" && errors === 0 ? simulated.counts : undefined}
        />
      </div>
      <Tabs
        label="What follows from it"
        open={tab}
        onOpen={setTab}
        tabs={{
          problems: {
            text: `Problems (${draft.problems.length})`,
            body: () => <Problems desk={desk} onGo={() => setLeft("text")} />,
          },
          simulation: {
            text: "Simulation",
            body: () => <Simulation simulated={simulated} hasErrors={errors > 0} />,
          },
          changes: { text: "What changes", body: () => <Plan plan={plan} hasErrors={errors > 0} /> },
          cost: { text: "Cost", body: () => <Cost cost={cost} hasErrors={errors > 0} /> },
        }}
      />
      {isPublishing ? (
        <PublishDialog
          plan={plan}
          hasErrors={errors > 0}
          busy={saving.busy}
          onPublish={() => saving.publish().then(() => setPublishing(false))}
          onClose={() => setPublishing(false)}
        />
      ) : null}
    </div>
  );
}
