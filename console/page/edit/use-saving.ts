/** Saves the text: as a draft, or published. Until the text is saved, it is kept in this browser. */
import { useEffect, useState } from "preact/hooks";
import { contentOf } from "../../../insight/documents/document-text.ts";
import { count } from "../../../insight/words/count.ts";
import type { Members } from "../../../lambdas/domain/documents/unchecked-document.ts";
import { type Json, type JsonObject, same } from "../../../lambdas/domain/values/json.ts";
import type { EditAnswer, JourneySaved, Saved } from "../../api/edit.ts";
import { perform } from "../session/ask.ts";
import { pathTo } from "../session/path.ts";
import { go } from "../session/route.ts";
import { useSession } from "../session/session.ts";
import type { Desk } from "./desk/use-desk.ts";
import { type Kept, keep } from "./kept-text.ts";

interface Settings {
  readonly id: string | undefined;
  readonly from: string;
  readonly place: string;
  readonly answer: EditAnswer;
  readonly desk: Desk;
  readonly savedText: string;
  readonly before: Kept | undefined;
}

/** The document that is published: the status draft becomes active, and any other status stays. */
export function published(document: Members): JsonObject {
  const { status = "draft" } = document;
  return { ...document, status: status === "draft" ? "active" : status } as JsonObject;
}

const outcomes: Readonly<Record<JourneySaved["state"], (saved: JourneySaved) => string>> = {
  published: ({ version }) => `Version ${version} is live.`,
  draft: () => "The draft is saved. No customer enters it.",
  rejected: ({ problems }) => `Saved as it is, with ${count(problems.length, "problem")}. No customer enters it.`,
  unchanged: ({ version }) => (version > 0 ? `Nothing changed: version ${version} is live.` : "Nothing changed."),
  conflict: () => "",
  refused: ({ problems }) => `It was not saved: ${problems.map(({ message }) => message).join(" ")}`,
  unanswered: ({ problems }) => problems.map(({ message }) => message).join(" "),
};

export function useSaving({ id, from, place, answer, desk, savedText, before }: Settings) {
  const { write } = useSession();
  const { draft } = desk;
  const [base, setBase] = useState<Pick<Saved, "base" | "document"> | undefined>(before ? before.saved : answer.saved);
  const [version, setVersion] = useState(answer.version);
  const [busy, setBusy] = useState(false);
  const [conflict, setConflict] = useState<JourneySaved>();
  const [told, setTold] = useState({
    text: before ? "Your unsaved text of an earlier visit is here again." : "",
    isWrong: false,
  });
  const [isOld, setOld] = useState(before !== undefined);
  const isChanged = !base || !draft.isJson || !same(contentOf(draft.value) as Json, contentOf(base.document) as Json);

  useEffect(() => {
    if (!write) return;
    keep(place, id ?? from, isChanged ? { text: draft.text, ...(base && { saved: base }) } : undefined);
  }, [draft.text, isChanged, base]);

  const save = async (document: JsonObject) => {
    setBusy(true);
    setOld(false);
    try {
      const saved = await perform("journey-save", { document, ...(base && { base: base.base }) });
      if (saved.state === "conflict") return setConflict(saved);
      setTold({
        text: outcomes[saved.state](saved),
        isWrong: saved.state === "refused" || saved.state === "unanswered",
      });
      if (saved.state === "refused") return;
      setVersion(saved.version);
      if (saved.saved) setBase(saved.saved);
      desk.write(document);
      keep(place, id ?? from, undefined);
      if (id === undefined) go(pathTo("journeys", String(document.id), "edit"), "replace");
    } catch (error) {
      setTold({ text: (error as Error).message, isWrong: true });
    } finally {
      setBusy(false);
    }
  };
  return {
    base,
    version,
    busy,
    isChanged,
    told: told.text,
    isWrong: told.isWrong,
    conflict,
    saveDraft: () => save({ ...draft.value, status: "draft" } as JsonObject),
    publish: () => save(published(draft.value)),
    /** The person has settled the conflict: the next save is based on the document that is stored now. */
    solved: (both: readonly string[]) => {
      setBase(conflict?.saved);
      setConflict(undefined);
      const text =
        both.length === 0
          ? "Now save it."
          : `Both changed ${both.join(", ")}: yours stands there. Look at it, then save.`;
      setTold({ text, isWrong: false });
    },
    onDiscard: isOld
      ? () => {
          desk.replace(savedText);
          setBase(answer.saved);
          setOld(false);
          setTold({ text: "", isWrong: false });
        }
      : undefined,
  };
}
