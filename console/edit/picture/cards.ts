/** Which card of the picture shows which part of the document. */
import { findNodeAtLocation, findNodeAtOffset, getNodePath, parseTree } from "jsonc-parser";
import { TRIGGER } from "../../../insight/picture/diagram/diagram.ts";
import type { Path } from "../../../lambdas/domain/documents/problem.ts";
import { items, type Members, members } from "../../../lambdas/domain/documents/unchecked-document.ts";

/** The card of a problem's path, such as `components.remind.template`; `undefined` for the journey as a whole. */
export function cardOfPath(path: string, value: Members): string | undefined {
  if (/^(trigger|start)\b/.test(path)) return TRIGGER;
  if (/^limits\b/.test(path)) return "~limits";
  const [, list, index] = /^(exit|goals)\[(\d+)\]/.exec(path) ?? [];
  if (list !== undefined) return ruleCard(list, index, value);
  const below = /^components\.(.*)$/s.exec(path)?.[1];
  if (below === undefined) return undefined;
  const ids = Object.keys(members(value.components));
  return ids.find((id) => below === id || below.startsWith(`${id}.`) || below.startsWith(`${id}[`));
}

function ruleCard(list: string, index: unknown, value: Members): string | undefined {
  const { id } = members((Array.isArray(value[list]) ? (value[list] as unknown[]) : [])[Number(index)]);
  return typeof id === "string" ? `~${list === "goals" ? "goal" : "exit"} ${id}` : undefined;
}

/** The part of the document that a card shows; `undefined` for an end, or a component that does not exist. */
export function pathOfCard(card: string, value: Members): Path | undefined {
  if (card === TRIGGER) return ["trigger"];
  if (card === "~limits") return ["limits"];
  const [, kind, id] = /^~(exit|goal) (.*)$/s.exec(card) ?? [];
  if (kind !== undefined) {
    const list = kind === "goal" ? "goals" : "exit";
    const found = items(value[list]).find(([, rule]) => members(rule).id === id);
    return found && [list, found[0]];
  }
  return Object.hasOwn(members(value.components), card) ? ["components", card] : undefined;
}

/** The card at the cursor. */
export function cardAt(text: string, offset: number, value: Members): string | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const node = root && findNodeAtOffset(root, offset, true);
  if (!node) return undefined;
  const [first, second] = getNodePath(node);
  if (first === "components") return typeof second === "string" ? second : undefined;
  if (first === "exit" || first === "goals") return ruleCard(first, second, value);
  return first === undefined ? undefined : cardOfPath(String(first), value);
}

/** Where the part of the document begins in the text. */
export function offsetOf(text: string, path: Path): number | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const node = root && findNodeAtLocation(root, [...path]);
  return node && (node.parent?.type === "property" ? node.parent : node).offset;
}
