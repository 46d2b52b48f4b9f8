/**
 * The state of the page on which a person edits a journey: the text, and everything that is derived from it. The text
 * is the only truth: the picture, the forms and the problems are made from it, and a change on the picture is written
 * into it.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Members } from "../../../../lambdas/domain/documents/unchecked-document.ts";
import { cardAt, offsetOf, pathOfCard } from "../../../edit/picture/cards.ts";
import type { Vocabulary } from "../../../edit/schema/offered.ts";
import { type Draft, draftOf, type Surroundings, withPathWarnings } from "../../../edit/text/draft.ts";
import { rewritten } from "../../../edit/text/rewrite.ts";
import { type History, openEditor, type TextEditor } from "../text/text-editor.ts";

export interface Desk {
  readonly draft: Draft;
  readonly history: History;
  readonly vocabulary: Vocabulary;
  /** The chosen card of the picture. */
  readonly card: string | undefined;
  /** Chooses a card, and moves the cursor to its place. */
  choose(card: string | undefined): void;
  /** Moves the cursor to a place in the text. */
  goTo(offset: number): void;
  /** Writes a changed document into the text. */
  write(next: Members): void;
  /** Replaces the text, as one step of the history. */
  replace(text: string): void;
  undo(): void;
  redo(): void;
  /** The element that holds the text editor. */
  readonly place: (element: HTMLDivElement | null) => void;
}

/** The warnings about paths come when nobody has typed for so long. */
const REST_MILLISECONDS = 300;

interface Settings {
  readonly text: string;
  readonly readOnly: boolean;
  readonly surroundings: Surroundings;
  readonly vocabulary: Vocabulary;
}

export function useDesk({ text: first, readOnly, surroundings, vocabulary }: Settings): Desk {
  const [text, setText] = useState(first);
  const [history, setHistory] = useState<History>({ canUndo: false, canRedo: false });
  const [card, setCard] = useState<string>();
  const [rested, setRested] = useState(first);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [text]);
  const isRested = text === rested;
  const quick = useMemo(() => draftOf(text, surroundings), [text, surroundings]);
  const draft = useMemo(
    () => (isRested ? withPathWarnings(quick, surroundings) : quick),
    [quick, surroundings, isRested],
  );
  const newest = useRef(draft);
  newest.current = draft;
  const editor = useRef<TextEditor | undefined>(undefined);

  const place = useCallback((element: HTMLDivElement | null) => {
    if (!element) {
      editor.current?.close();
      editor.current = undefined;
      return;
    }
    editor.current ??= openEditor({
      parent: element,
      text: newest.current.text,
      readOnly,
      draft: () => newest.current,
      vocabulary,
      onChange: (changed, steps) => {
        setText(changed);
        setHistory(steps);
      },
      onCursor: (offset) => setCard(cardAt(newest.current.text, offset, newest.current.value)),
    });
  }, []);
  useEffect(() => editor.current?.show(draft.problems), [draft]);

  return {
    draft,
    history,
    vocabulary,
    card,
    choose: (chosen) => {
      setCard(chosen);
      const path = chosen === undefined ? undefined : pathOfCard(chosen, draft.value);
      const offset = path && offsetOf(draft.text, path);
      if (offset !== undefined) editor.current?.select(offset, false);
    },
    goTo: (offset) => {
      editor.current?.select(offset, true);
      setCard(cardAt(draft.text, offset, draft.value));
    },
    write: (next) => editor.current?.replace(rewritten(newest.current.text, next)),
    replace: (next) => editor.current?.replace(next),
    undo: () => editor.current?.undo(),
    redo: () => editor.current?.redo(),
    place,
  };
}
