/**
 * The line and column of a problem in the text of its file. A problem names its place by a path, such as
 * `components.remind.template`. Where the path does not exist (a missing member), the innermost part that exists counts.
 */
import { type Node, parseTree } from "jsonc-parser";
import type { Problem } from "../../lambdas/domain/documents/problem.ts";

export interface Place {
  /** Line and column count from 1. */
  readonly line: number;
  readonly column: number;
}

export type PlacedProblem = Problem & Partial<Place>;

export function placed(problems: readonly PlacedProblem[], text: string): PlacedProblem[] {
  if (problems.every(({ line }) => line !== undefined)) return [...problems];
  const root = treeOf(text);
  if (!root) return [...problems];
  const at = placesIn(text);
  const nodeAt = nodesOf(root);
  return problems.map((problem) =>
    problem.line !== undefined ? problem : { ...problem, ...at(nodeAt(problem.path).offset) },
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

/** Finds the nodes of paths. The members of an object are read once, however many paths lead through it. */
export function nodesOf(root: Node): (path: string) => Node {
  const indexes = new Map<Node, Members>();
  const membersOf = (node: Node): Members => {
    const members = indexes.get(node) ?? byName(node);
    indexes.set(node, members);
    return members;
  };
  return (path) => {
    let [node, rest] = [root, path];
    for (;;) {
      const step = stepInto(node, rest, membersOf);
      if (!step) return node.parent?.type === "property" ? node.parent : node;
      [node, rest] = step;
    }
  };
}

/** The value of each member. Of two members with one name, the last one counts, as in JSON. */
type Members = ReadonlyMap<string, Node>;

function byName(object: Node): Members {
  const members = new Map<string, Node>();
  for (const { children: [name, value] = [] } of object.children ?? [])
    if (name && value) members.set(String(name.value), value);
  return members;
}

function stepInto(node: Node, rest: string, membersOf: (object: Node) => Members): readonly [Node, string] | undefined {
  if (rest === "") return undefined;
  if (node.type === "array") {
    const [whole = "", index = ""] = /^\[(\d+)\]\.?/.exec(rest) ?? [];
    const item = whole === "" ? undefined : node.children?.[Number(index)];
    return item && [item, rest.slice(whole.length)];
  }
  if (node.type !== "object") return undefined;
  const members = membersOf(node);
  for (const name of namesIn(rest)) {
    const value = members.get(name);
    if (value) return [value, rest.slice(name.length).replace(/^\./, "")];
  }
  return undefined;
}

/** The names that a path may start with, the longest first: `a.b` before `a`, because a name may contain a dot. */
function* namesIn(path: string): Generator<string> {
  for (let end = path.length; end >= 0; end--)
    if (end === path.length || path[end] === "." || path[end] === "[") yield path.slice(0, end);
}
