/**
 * The exit rules and goals that an edit adds or changes. While the edit goes live, these rules may miss activities of
 * customers.
 */
import { type Json, same } from "../values/json.ts";
import type { Journey } from "./journey.ts";

type Rules = Pick<Journey, "exit" | "goals">;

/** The ids of these rules. An exit rule and a goal may have the same id; then both count as changed. */
export function changedRules(before: Rules, after: Rules): readonly string[] {
  const changed = (old: readonly { readonly id: string }[] = [], rules: readonly { readonly id: string }[] = []) =>
    rules.filter((rule) => !old.some((each) => same(each as unknown as Json, rule as unknown as Json)));
  const all = [...changed(before.exit, after.exit), ...changed(before.goals, after.goals)];
  return [...new Set(all.map(({ id }) => id))];
}
