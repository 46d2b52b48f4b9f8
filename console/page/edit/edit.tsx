/**
 * Edits a journey: text and picture side by side, and below them the problems, a simulation, the changes and the cost.
 * The editor is loaded when a person opens it.
 */
import { useMemo } from "preact/hooks";
import { documentText } from "../../../insight/documents/document-text.ts";
import type { EditAnswer } from "../../api/edit.ts";
import { newJourney } from "../../edit/document/new-journey.ts";
import { Loading, Problem } from "../parts/states.tsx";
import { useSession } from "../session/session.ts";
import { useAnswer } from "../session/use-answer.ts";
import { kept } from "./kept-text.ts";
import { Workbench } from "./workbench.tsx";

/** `id`: absent for a new journey. `from`: the example to begin with. */
export function EditPage({ id, from = "" }: { id: string | undefined; from?: string | undefined }) {
  const { answer, error } = useAnswer("edit", { id: id ?? "" }, "once");
  if (answer) return <Opened id={id} from={from} answer={answer} />;
  return error ? <Problem whole title="The journey could not be read" error={error} /> : <Loading what="the journey" />;
}

function Opened({ id, from, answer }: { id: string | undefined; from: string; answer: EditAnswer }) {
  const { name, mode, write } = useSession();
  const place = `${mode} ${name}`;
  const first = useMemo(() => {
    const example = answer.examples.find((each) => each.name === from)?.journey;
    const document = answer.saved?.document ?? newJourney(example, new Set(answer.journeys));
    const text = documentText(document);
    const before = write ? kept(place, id ?? from) : undefined;
    return { text, before: before && before.text !== text ? before : undefined };
  }, [answer]);
  return <Workbench id={id} from={from} place={place} answer={answer} savedText={first.text} before={first.before} />;
}
