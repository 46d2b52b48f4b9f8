/** Every tag and output of a template is paid for from the message's budget before it is rendered. */
import { type Context, type Template as Node, Output, Value } from "liquidjs";
import type { RenderBudget } from "./render-budget.ts";
import { RenderContext } from "./render-context.ts";

/** Each tag and output, paid for before it is rendered. */
export function* paidNodes(nodes: Iterable<Node>, context: Context, budget: RenderBudget): Generator<Node> {
  for (const node of nodes) {
    const { steps, shows, compares, loops, converts } = traitsOf(node);
    budget.work(steps);
    budget.isComparing = compares;
    if (context instanceof RenderContext) {
      context.isShowing = shows;
      context.isLooping = loops;
      context.isConverting = converts;
    }
    yield node;
  }
}

interface Traits {
  readonly steps: number;
  /** In a condition or before `default`, a missing value is not reported, because the template handles it. */
  readonly shows: boolean;
  readonly compares: boolean;
  readonly loops: boolean;
  readonly converts: boolean;
}
const traits = new WeakMap<Node, Traits>();

function traitsOf(node: Node): Traits {
  let known = traits.get(node);
  if (!known) {
    const values = [...((node.arguments?.() as Iterable<unknown> | undefined) ?? [])];
    const steps = values.length + node.token.getText().length / 50;
    const hasDefault = values.some(
      (value) => value instanceof Value && value.filters.some(({ name }) => name === "default"),
    );
    const name = "name" in node ? String(node.name) : "";
    const isCondition = ["if", "unless", "case"].includes(name);
    known = {
      steps: node instanceof Output || values.length > 0 ? steps : 0,
      shows: !isCondition && !hasDefault,
      compares: name === "case",
      loops: name === "for" || name === "tablerow",
      converts: name === "cycle" || node.token.getText().includes(".."),
    };
    traits.set(node, known);
  }
  return known;
}
