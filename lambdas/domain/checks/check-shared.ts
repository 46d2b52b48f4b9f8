/** Whether the layout and the partials of a template exist and fit, directly and through each other. */
import type { Problem } from "../documents/problem.ts";
import { type Members, members } from "../documents/unchecked-document.ts";
import { MOST_DEEP } from "../messages/liquid/render-context.ts";
import type { SharedTexts } from "../messages/shared-text.ts";
import { everyUse, MOST_USES, type Reached } from "../messages/uses.ts";
import { didYouMean } from "../values/did-you-mean.ts";
import { variableProblems } from "./check-variables.ts";

/** `shared`: all layouts and partials. `dataNames`: what components give; `undefined`: the components are not known. */
export function sharedProblems(
  document: Members,
  shared: SharedTexts,
  dataNames: ReadonlySet<string> | undefined,
): Problem[] {
  const uses = everyUse(document, shared);
  if (uses.length > MOST_USES) return [tooManyUses];
  return uses.flatMap((reached): Problem[] => {
    const { path, inside, text, given } = reached;
    const problem = misuse(reached, shared);
    const by = inside.length > 0 ? ` It is used in "${inside.at(-1)}".` : "";
    if (problem) return [{ path, code: problem.code, message: problem.message + by }];
    return variableProblems(members(text), dataNames, given).map((found) => ({
      ...found,
      path,
      message: `In the ${text?.kind} "${text?.id}": ${found.message}`,
    }));
  });
}

/** The ids of the layouts and partials that a document uses and that do not exist. */
export function missingTexts(document: Members, shared: SharedTexts): readonly string[] {
  const missing = everyUse(document, shared).filter(({ text }) => !text);
  return [...new Set(missing.map(({ use }) => use.id))];
}

const tooManyUses: Problem = {
  path: "",
  code: "too-many-partials",
  message: `This uses partials in more than ${MOST_USES} ways, those within partials included. Use fewer partials, or give them fewer different names.`,
};

function misuse({ use, inside, text }: Reached, shared: SharedTexts): Pick<Problem, "code" | "message"> | undefined {
  const { kind, id } = use;
  const ids = Object.values(shared).flatMap((each) => (each.kind === kind ? [each.id] : []));
  if (!text) return { code: `unknown-${kind}`, message: `There is no ${kind} "${id}".${didYouMean(id, ids)}` };
  if (text.kind !== kind)
    return { code: `unknown-${kind}`, message: `"${id}" is a ${text.kind}, and here a ${kind} is needed.` };
  if (inside.includes(id))
    return { code: "partial-cycle", message: `The partial "${id}" contains itself: ${[...inside, id].join(" > ")}.` };
  const around = inside.filter((each) => shared[each]?.kind === "partial");
  if (around.length >= MOST_DEEP)
    return {
      code: "too-many-partials",
      message: `More than ${MOST_DEEP} partials are within each other: ${[...inside, id].join(" > ")}.`,
    };
  return undefined;
}
