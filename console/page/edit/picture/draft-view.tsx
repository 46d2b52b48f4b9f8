/** The picture of the text, redrawn as it changes. Cards with problems have a red frame. */
import { useMemo, useRef, useState } from "preact/hooks";
import { watchedBy } from "../../../../insight/picture/diagram/diagram.ts";
import { isError, type Path } from "../../../../lambdas/domain/documents/problem.ts";
import { members } from "../../../../lambdas/domain/documents/unchecked-document.ts";
import { connect, insert, remove } from "../../../edit/document/components.ts";
import { type DraftPicture, draftPicture } from "../../../edit/picture/draft-picture.ts";
import type { Draft } from "../../../edit/text/draft.ts";
import type { CardMark } from "../../picture/marks.ts";
import { Paper } from "../../picture/paper.tsx";
import { Picture } from "../../picture/picture.tsx";
import type { Desk } from "../desk/use-desk.ts";
import { ConnectionMenu } from "./connection-menu.tsx";
import { Handles } from "./handles.tsx";

interface Props {
  readonly desk: Desk;
  readonly readOnly: boolean;
  /** After a component was put in, its form is shown. */
  readonly onInserted: () => void;
  /** The texts on the cards, beside the problems. */
  readonly counts?: ReadonlyMap<string, CardMark> | undefined;
}

export function DraftView({ desk, readOnly, onInserted, counts }: Props) {
  const { draft, card, vocabulary } = desk;
  const [open, setOpen] = useState<{ readonly connection: Path; readonly at: DOMRect }>();
  const drawn = useSamePicture(useMemo(() => draftPicture(draft.value), [draft]));
  const marks = useMemo(() => ({ cards: marksOf(draft, counts) }), [draft, counts]);
  if (!drawn) return <p class="faint">This journey has too many components for a picture.</p>;
  const isEditable = !readOnly && draft.isJson;
  const change = (next: Draft["value"]) => {
    setOpen(undefined);
    desk.write(next);
  };
  const drop = (connection: Path, to: string) => {
    if (Object.hasOwn(members(draft.value.components), to)) change(connect(draft.value, connection, to));
    else if (to.startsWith("~end")) change(connect(draft.value, connection, undefined));
  };
  const take = (event: KeyboardEvent) => {
    if ((event.key !== "Delete" && event.key !== "Backspace") || !isEditable || card === undefined) return;
    if (!(event.target instanceof Element) || !event.target.closest("[data-card]")) return;
    if (!Object.hasOwn(members(draft.value.components), card)) return;
    event.preventDefault();
    change(remove(draft.value, card));
    desk.choose(undefined);
  };
  return (
    <div class="draft-view" role="group" aria-label="Picture" onKeyDown={take}>
      <Paper label={`The picture of ${drawn.journey.name}`}>
        <Picture
          journey={drawn.journey}
          broken={drawn.broken}
          diagram={drawn.diagram}
          stacked
          marks={marks}
          chosen={card}
          onChoose={(chosen) => desk.choose(chosen === card ? undefined : chosen)}
        >
          {(picture) =>
            isEditable ? (
              <Handles
                picture={picture}
                chosen={open?.connection}
                onOpen={(connection, at) => setOpen({ connection, at })}
                onConnect={drop}
              />
            ) : null
          }
        </Picture>
      </Paper>
      {open ? (
        <ConnectionMenu
          connection={open.connection}
          document={draft.value}
          at={open.at}
          onInsert={(type) => {
            const { document, id } = insert(draft.value, open.connection, type, vocabulary);
            change(document);
            desk.choose(id);
            onInserted();
          }}
          onConnect={(to) => change(connect(draft.value, open.connection, to))}
          onClose={() => setOpen(undefined)}
        />
      ) : null}
    </div>
  );
}

/** The earlier picture, if nothing on it has changed, because computing the layout takes most of the time. */
function useSamePicture(next: DraftPicture | undefined): DraftPicture | undefined {
  const last = useRef({ key: "", picture: next });
  const key = next === undefined ? "" : JSON.stringify([next.diagram, watchedBy(next.journey), next.journey.name]);
  if (key !== last.current.key) last.current = { key, picture: next };
  return last.current.picture;
}

/** The first error of each card, with the other texts on the card. */
function marksOf({ problems }: Draft, counts: ReadonlyMap<string, CardMark> = new Map()): Map<string, CardMark> {
  const marks = new Map<string, CardMark>(counts);
  for (const problem of problems) {
    const { card, message } = problem;
    if (card === undefined || !isError(problem) || marks.get(card)?.problem !== undefined) continue;
    marks.set(card, { ...marks.get(card), problem: message });
  }
  return marks;
}
