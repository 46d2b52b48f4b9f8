/**
 * Checks a layout or partial that an admin has saved, together with every live template that uses it: a text that would
 * break a template is refused, and the problem names the text and the template.
 */
import { checkShared } from "../../domain/checks/check-journey.ts";
import { missingTexts, sharedProblems } from "../../domain/checks/check-shared.ts";
import { dataNamesOf } from "../../domain/checks/check-variables.ts";
import { isError, type Problem } from "../../domain/documents/problem.ts";
import { type Members, members } from "../../domain/documents/unchecked-document.ts";
import type { SharedText } from "../../domain/messages/shared-text.ts";
import type { Template } from "../../domain/messages/template.ts";
import { sharedWith } from "../../domain/messages/uses.ts";
import type { Ports } from "../ports.ts";
import { type CheckedSave, kindProblems } from "./check-template-save.ts";

export async function checkSharedSave(
  document: Members,
  live: Template | SharedText | undefined,
  ports: Pick<Ports, "templates" | "journeys">,
): Promise<CheckedSave> {
  const { templates } = ports;
  const id = String(document.id);
  const own = await sharedWith(document, (other) => templates.shared(other));
  // A text that puts itself in is a cycle of one.
  const shared = { ...own, [id]: document as unknown as SharedText };
  const checked = checkShared(document, shared);
  const missing = missingTexts(document, shared);
  if ("problems" in checked) return { text: undefined, problems: checked.problems, missing };
  const text = checked.value;
  const broken = [...kindProblems(live, id, text.kind, "kind"), ...(await brokenTemplates(text, ports))];
  return { text, problems: [...broken, ...checked.warnings], missing };
}

/** The errors that templates have with the new text and do not have with the live one. */
async function brokenTemplates(
  text: SharedText,
  { templates, journeys }: Pick<Ports, "templates" | "journeys">,
): Promise<Problem[]> {
  const found: Problem[] = [];
  const all = (await journeys.catalog()).journeys.map(({ journey }) => journey);
  const given = dataNamesOf(all);
  for (const id of (await templates.known([])).keys()) {
    const template = await templates.get(id);
    if (!template) continue;
    const before = await sharedWith(members(template), (other) => templates.shared(other));
    const after = await sharedWith(members(template), async (other) =>
      other === text.id ? text : templates.shared(other),
    );
    if (!Object.hasOwn(after, text.id)) continue;
    const errors = (shared: typeof before) => sharedProblems(members(template), shared, given.get(id)).filter(isError);
    const known = new Set(errors(before).map(({ message }) => message));
    for (const { path, message } of errors(after))
      if (!known.has(message))
        found.push({
          path: "",
          code: "breaks-template",
          message: `The template "${id}" uses this ${text.kind} (${path}), and would have a problem. ${message}`,
        });
  }
  return found;
}
