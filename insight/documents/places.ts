/**
 * The line and column of a problem in the text of its file. A problem names its place by a path, such as
 * `components.remind.template`. Where the path does not exist (a missing member), the innermost part that exists counts.
 */
import { type Node, parseTree } from "jsonc-parser";
import type { Problem } from "../../lambdas/domain/documents/problem.ts";

export interface Place {
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
}

export type PlacedProblem = Problem & Partial<Place>;

export function placed(problems: readonly PlacedProblem[], text: string): PlacedProblem[] {
  if (problems.every(({ line }) => line !== undefined)) return [...problems];
  const root = treeOf(text);
  const at = placesIn(text);
  return problems.map((problem) =>
    problem.line !== undefined || !root ? problem : { ...problem, ...at(nodeAt(root, problem.path).offset) },
  );
}

/** Finds the places of offsets. The starts of the lines are computed once. */
export function placesIn(text: string): (offset: number) => Place {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

/** `undefined` when the text is nested too deeply for the parser. */
function treeOf(text: string): Node | undefined {
  try {
    return parseTree(text, [], { allowTrailingComma: true });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}

/** A member is found by its name and not by splitting the path, because a name may contain a dot. */
function nodeAt(root: Node, path: string): Node {
  let [node, rest] = [root, path];
  for (;;) {
    const step = stepInto(node, rest);
    if (!step) return node.parent?.type === "property" ? node.parent : node;
    [node, rest] = step;
  }
}

function stepInto(node: Node, rest: string): readonly [Node, string] | undefined {
  if (rest === "") return undefined;
  if (node.type === "array") {
    const [whole = "", index = ""] = /^\[(\d+)\]\.?/.exec(rest) ?? [];
    const item = whole === "" ? undefined : node.children?.[Number(index)];
    return item && [item, rest.slice(whole.length)];
  }
  // The longest name first: `a.b` before `a`. Of two equal names, the last one counts, as in JSON.
  const members = (node.type === "object" ? (node.children ?? []) : []).flatMap(({ children: [name, value] = [] }) =>
    name && value && startsWith(rest, String(name.value)) ? [[String(name.value), value] as const] : [],
  );
  const found = members.toReversed().toSorted(([a], [b]) => b.length - a.length)[0];
  return found && [found[1], rest.slice(found[0].length).replace(/^\./, "")];
}

function startsWith(rest: string, name: string): boolean {
  return rest.startsWith(name) && /^([.[]|$)/.test(rest.slice(name.length));
}
