/**
 * The text editor: CodeMirror, with problems, completion and explanations of our own. The editor owns the text and its
 * history, so that undo works for typed changes and for changes on the picture.
 *
 * The editor is in a shadow root, where CodeMirror adopts its style sheets, so that the content security policy of the
 * page need not allow inline styles.
 */
import { autocompletion, type CompletionContext, closeBrackets, completionKeymap } from "@codemirror/autocomplete";
import {
  defaultKeymap,
  history,
  historyKeymap,
  isolateHistory,
  redo,
  redoDepth,
  undo,
  undoDepth,
} from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap, lineNumbers } from "@codemirror/view";
import { completionsAt, explanationAt } from "../../../edit/schema/completion.ts";
import type { Vocabulary } from "../../../edit/schema/offered.ts";
import type { Draft, DraftProblem } from "../../../edit/text/draft.ts";
import { editorTheme } from "./editor-theme.ts";

export interface TextEditor {
  /** Takes the place of the whole text, as one step of the history. The cursor stays where it was. */
  replace(text: string): void;
  /** Moves the cursor, and shows the place. */
  select(offset: number, focus: boolean): void;
  show(problems: readonly DraftProblem[]): void;
  undo(): void;
  redo(): void;
  close(): void;
}

interface Settings {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly readOnly: boolean;
  readonly draft: () => Draft;
  readonly vocabulary: Vocabulary;
  readonly onChange: (text: string, history: History) => void;
  /** The cursor was moved by the person. */
  readonly onCursor: (offset: number) => void;
}

export interface History {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export function openEditor({ parent, text, readOnly, draft, vocabulary, onChange, onCursor }: Settings): TextEditor {
  const root = parent.shadowRoot ?? parent.attachShadow({ mode: "open" });
  const complete = (context: CompletionContext) => {
    const { from, to, options } = completionsAt(textOf(context), context.pos, draft().value, vocabulary);
    if (options.length === 0 || (from === context.pos && !context.explicit)) return null;
    return {
      from,
      to,
      filter: false,
      options: filtered(options, context.state.sliceDoc(from, context.pos)).map(({ label, insert, info, kind }) => ({
        label,
        apply: insert,
        type: kind === "member" ? "property" : kind === "name" ? "variable" : "constant",
        ...(info !== undefined && { info }),
      })),
    };
  };
  const view = new EditorView({
    parent: root as unknown as Element,
    root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        foldGutter(),
        history(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        json(),
        lintGutter(),
        autocompletion({ override: [complete], activateOnTyping: true }),
        hoverTooltip((view, position) => {
          const found = explanationAt(view.state.doc.toString(), position, draft().value);
          if (!found) return null;
          return { pos: found.from, end: found.to, above: true, create: () => ({ dom: explanation(found) }) };
        }),
        keymap.of([...completionKeymap, ...historyKeymap, ...foldKeymap, ...lintKeymap, ...defaultKeymap]),
        EditorView.lineWrapping,
        EditorState.readOnly.of(readOnly),
        EditorView.contentAttributes.of({ "aria-label": "The journey as JSON", tabindex: "0" }),
        EditorView.updateListener.of((update) => {
          const { state } = update;
          if (update.docChanged)
            onChange(state.doc.toString(), { canUndo: undoDepth(state) > 0, canRedo: redoDepth(state) > 0 });
          const isByPerson = update.transactions.some(
            (each) => each.isUserEvent("select") || each.isUserEvent("input"),
          );
          if (isByPerson) onCursor(state.selection.main.head);
        }),
        ...editorTheme,
      ],
    }),
  });
  return {
    replace: (next) =>
      view.dispatch({ changes: changed(view.state.doc.toString(), next), annotations: isolateHistory.of("full") }),
    select: (offset, focus) => {
      const anchor = Math.min(offset, view.state.doc.length);
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
      if (focus) view.focus();
    },
    show: (problems) => {
      const { length } = view.state.doc;
      const within = (offset: number) => Math.max(0, Math.min(offset, length));
      const diagnostics = problems.map(({ from, to, message, severity = "error" }) => {
        return { from: within(from), to: within(to), message, severity };
      });
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    undo: () => undo(view),
    redo: () => redo(view),
    close: () => view.destroy(),
  };
}

const textOf = ({ state }: CompletionContext) => state.doc.toString();

/** An option fits when the typed text is a part of its label; quotes are ignored. */
function filtered<T extends { readonly label: string }>(options: readonly T[], typed: string): readonly T[] {
  const wanted = typed.replace(/^"|"$/g, "").toLowerCase();
  const starting = options.filter(({ label }) => label.toLowerCase().startsWith(wanted));
  return [
    ...starting,
    ...options.filter((each) => !starting.includes(each) && each.label.toLowerCase().includes(wanted)),
  ];
}

/** Only the part that differs is replaced, so that the cursor and the history keep their places. */
function changed(before: string, after: string): { from: number; to: number; insert: string } {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from++;
  let tail = 0;
  while (tail < most - from && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { from, to: before.length - tail, insert: after.slice(from, after.length - tail) };
}

function explanation({ title, text }: { readonly title: string; readonly text: string }): HTMLElement {
  const box = document.createElement("div");
  const name = document.createElement("b");
  name.textContent = title;
  box.append(name, document.createElement("br"), text);
  return box;
}
