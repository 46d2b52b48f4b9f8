/**
 * Writes a changed document into its text. Parts that did not change keep their exact text, so that authors recognize
 * their own lines. A changed part is written in the style of `journeys export`.
 */
import { getNodeValue, type Node, parseTree } from "jsonc-parser";
import { documentText, rank, valueText } from "../../../insight/documents/document-text.ts";
import { type Members, members } from "../../../lambdas/domain/documents/unchecked-document.ts";
import { type Json, same } from "../../../lambdas/domain/values/json.ts";

/** A text that is no object is written anew. */
export function rewritten(text: string, next: Members): string {
  const root = parseTree(text);
  if (root?.type !== "object" || (root.children ?? []).length === 0) return documentText(next);
  const before = text.slice(0, root.offset);
  const after = text.slice(root.offset + root.length);
  return `${before}${objectText(root, { text, next, indent: "" })}${after}`;
}

interface Part {
  readonly text: string;
  readonly next: Members;
  readonly indent: string;
}

function objectText(object: Node, { text, next, indent }: Part): string {
  const deeper = `${indent}  `;
  const old = new Map((object.children ?? []).map((member) => [String(member.children?.[0]?.value), member]));
  const names = order([...old.keys()], Object.keys(next), indent === "");
  const lines = names.map((name) => {
    const start = `${deeper}${JSON.stringify(name)}: `;
    const [member, value] = [old.get(name), next[name]];
    const node = member?.children?.[1];
    if (member && node) {
      if (same(getNodeValue(node) as Json, value as Json))
        return deeper + text.slice(member.offset, member.offset + member.length);
      const isOpen = (indent === "" && name === "components") || text.slice(node.offset).startsWith("{\n");
      if (isOpen && node.type === "object" && Object.keys(members(value)).length > 0)
        return start + objectText(node, { text, next: members(value), indent: deeper });
    }
    return (
      start + (indent === "" && name === "components" ? opened(value, deeper) : valueText(value, deeper, start.length))
    );
  });
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n${indent}}`;
}

/** Each component begins on a line of its own, even if all components fit on one line. */
function opened(value: unknown, indent: string): string {
  const inside = Object.entries(members(value));
  if (inside.length === 0) return valueText(value, indent, 0);
  const lines = inside.map(([name, member]) => {
    const start = `${indent}  ${JSON.stringify(name)}: `;
    return start + valueText(member, `${indent}  `, start.length);
  });
  return `{\n${lines.join(",\n")}\n${indent}}`;
}

/** Members that stay keep their order. A new member comes after its neighbor in the conventional order, or first. */
function order(old: readonly string[], next: readonly string[], isTop: boolean): string[] {
  const names = old.filter((name) => next.includes(name));
  for (const [index, name] of next.entries()) {
    if (names.includes(name)) continue;
    const neighbor = isTop ? names.findLast((each) => rank(each) <= rank(name)) : next[index - 1];
    names.splice(neighbor === undefined ? 0 : names.indexOf(neighbor) + 1, 0, name);
  }
  return names;
}
