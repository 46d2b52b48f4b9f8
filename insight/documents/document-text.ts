/**
 * The text of a document for a file in git. The same document always gives the same text: the order of its
 * members in the database does not matter. A value is written on one line if it fits.
 */
import { graphOf } from "../../lambdas/domain/checks/check-graph.ts";
import { members } from "../../lambdas/domain/documents/unchecked-document.ts";
import { edges, reachable } from "../../lambdas/domain/journey/graph.ts";

/** Members that the system stores beside the document, and that a file must not contain. */
const systemMembers: readonly string[] = ["publication", "version"];

/** The conventional order of members. Other members follow by name; the members in `last` come last. */
const order = (
  "$schema id type message template name description status channel class timezone trigger event where when audience entry key " +
  "includeUnsubscribed sender from replyTo exit goals start components limits field operator subject " +
  "html text percent count value data tags set unset for until time weekdays ifPast ifMissing offset"
).split(" ");
const last = "within branches met notMet next otherwise".split(" ");

const WIDEST = 120;

export function contentOf(document: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(document).filter(([name]) => !systemMembers.includes(name)));
}

export function documentText(document: Readonly<Record<string, unknown>>): string {
  const content = ordered(contentOf(document)) as Record<string, unknown>;
  if (members(content.components) === content.components) content.components = inOrder(content);
  return `${written(content, "", 0, true)}\n`;
}

/** The text of one value in the style of `documentText`. `taken`: the characters that are already on its line. */
export const valueText = (value: unknown, indent: string, taken: number): string =>
  written(ordered(value), indent, taken);

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (members(value) !== value) return value;
  const names = Object.keys(value as object).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(names.map((name) => [name, ordered((value as Record<string, unknown>)[name])]));
}

/** The place of a member in the conventional order. */
export function rank(name: string): number {
  if (last.includes(name)) return order.length + 1 + last.indexOf(name);
  return order.includes(name) ? order.indexOf(name) : order.length;
}

/** Components in the order in which customers reach them; unreachable components last, by name. */
function inOrder(document: Record<string, unknown>): Record<string, unknown> {
  const components = members(document.components);
  const met = typeof document.start === "string" ? [...reachable(edges(graphOf(document)), document.start)] : [];
  const ids = [...new Set([...met, ...Object.keys(components).sort()])].filter((id) => Object.hasOwn(components, id));
  return Object.fromEntries(ids.map((id) => [id, components[id]]));
}

/** `taken`: the characters that are already on the line. `open`: write several lines even if one is enough. */
function written(value: unknown, indent: string, taken: number, open = false): string {
  const line = inline(value);
  const isLeaf = typeof value !== "object" || value === null || Object.keys(value).length === 0;
  // One character is left for a comma.
  if (isLeaf || (!open && taken + line.length < WIDEST)) return line;
  const deeper = `${indent}  `;
  const part = (start: string, member: unknown, open = false) => start + written(member, deeper, start.length, open);
  const lines = Array.isArray(value)
    ? value.map((item) => part(deeper, item))
    : Object.entries(value).map(([name, member]) =>
        part(`${deeper}${JSON.stringify(name)}: `, member, indent === "" && name === "components"),
      );
  const [start, end] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return `${start}\n${lines.join(",\n")}\n${indent}${end}`;
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${inline(member)}`);
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}
