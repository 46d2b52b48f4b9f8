/**
 * Publishes a template, a layout or a partial that an admin has saved. A text without errors becomes live; a save with
 * an error changes nothing that is live, so customers keep getting the last good text. The outcome is written back into
 * the document. A document that lacks only layouts or partials waits for them: when the last one becomes live, the
 * document is published too.
 *
 * Every step may run twice: the stream delivers a record again after a crash.
 */
import { isError, type Problem } from "../../domain/documents/problem.ts";
import { isSharedKind } from "../../domain/messages/shared-text.ts";
import type { Ports } from "../ports.ts";
import type { SavedTemplate, TemplatePublication } from "../publication.ts";
import { checkSharedSave } from "./check-shared-save.ts";
import { type CheckedSave, checkTemplateSave } from "./check-template-save.ts";
import { idOf, waitingCycle } from "./waiting-cycle.ts";

type PublishPorts = Pick<Ports, "templates" | "waiting" | "segments" | "journeys" | "clock">;

/**
 * `undefined`: a newer save is live. `within`: the texts that have just become live and whose waiting documents are
 * being published. None of these texts is published a second time: a mark of an earlier save may still say
 * that one of them waits.
 */
export async function publishTemplate(
  save: SavedTemplate,
  ports: PublishPorts,
  within: ReadonlySet<string> = new Set(),
): Promise<TemplatePublication | undefined> {
  const { templates, waiting } = ports;
  const found = await publishNow(save, ports);
  if (!found) return undefined;
  const { publication, waitsFor, cycle } = found;
  const id = idOf(save);
  if (waitsFor.length > 0) {
    await waiting.add(id, waitsFor, save);
    // A layout or partial that became live before `waiting.add` did not find this document.
    for (const textId of waitsFor) if (await templates.shared(textId)) return publishTemplate(save, ports, within);
    // The outcomes of the others were written before the cycle was closed.
    for (const other of cycle.slice(0, -1)) await publishNow(other, ports);
  }
  if (publication.state === "published" && isSharedKind(save.document.kind))
    for (const other of await waiting.of(id)) {
      const otherId = idOf(other);
      if (otherId !== id && !within.has(otherId)) await publishTemplate(other, ports, new Set([...within, id]));
      await waiting.remove(id, otherId);
    }
  return publication;
}

interface Published {
  readonly publication: TemplatePublication;
  /** The layouts and partials that the document lacks, if nothing else is wrong with it. */
  readonly waitsFor: readonly string[];
  /** The partials that wait only for each other, this one last; empty when there are none. */
  readonly cycle: readonly SavedTemplate[];
}

async function publishNow(save: SavedTemplate, ports: PublishPorts): Promise<Published | undefined> {
  const { templates, segments, waiting, clock } = ports;
  const { publication: _, ...document } = save.document;
  const id = String(document.id);
  const live = await templates.live(id);
  if (live?.order !== undefined && save.order !== undefined && live.order > save.order) return undefined;
  const checked: CheckedSave = isSharedKind(document.kind)
    ? await checkSharedSave(document, live?.text, ports)
    : await checkTemplateSave(document, live?.text, save.before, ports);
  const taken = (await segments.live(id)) ? [kindChanged("segment")] : [];
  const problems = [...checked.problems, ...taken];
  const at = clock.now();
  if (!checked.text || problems.some(isError)) {
    const waitsFor = problems.filter(isError).every(isMissing) ? checked.missing : [];
    const cycle = await waitingCycle(save, waitsFor, waiting);
    const told = waitsFor.length > 0 ? problems.map((problem) => withAdvice(problem, cycle)) : problems;
    const publication: TemplatePublication = { state: "rejected", at, problems: told };
    await templates.publish(id, live || taken.length > 0 ? undefined : checked.last, publication, save);
    return { publication, waitsFor, cycle };
  }
  const publication: TemplatePublication = { state: "published", at, problems };
  await templates.publish(id, checked.text, publication, save);
  return { publication, waitsFor: [], cycle: [] };
}

const isMissing = ({ code }: Problem) => code === "unknown-layout" || code === "unknown-partial";

function withAdvice(problem: Problem, cycle: readonly SavedTemplate[]): Problem {
  if (!isMissing(problem)) return problem;
  const advice =
    cycle.length > 0
      ? `Break the cycle ${cycle.map(idOf).join(" > ")}.`
      : "Save it: then the stack publishes this document by itself.";
  return { ...problem, message: `${problem.message} ${advice}` };
}

/** All kinds of this table share one space of ids. A live document of another kind must not be replaced. */
export function kindChanged(kind: string): Problem {
  return { path: "id", code: "kind-changed", message: `This is the id of a ${kind} that is live. Use another id.` };
}
