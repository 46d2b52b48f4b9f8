/**
 * The templates of scenarios. All random schedules use the same template objects, so each template is checked once.
 */
import { checkTemplate } from "../../../lambdas/domain/checks/check-journey.ts";
import type { Template } from "../../../lambdas/domain/messages/template.ts";

const known = new WeakMap<object, Template>();

export function checkedTemplate(document: unknown): Template {
  const before = known.get(document as object);
  if (before) return before;
  const checked = checkTemplate(document);
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  known.set(document as object, checked.value);
  return checked.value;
}
