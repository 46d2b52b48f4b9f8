/** A journey as a Mermaid flowchart: https://mermaid.js.org/syntax/flowchart.html */
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { type Box, type BrokenComponent, diagramOf, type Kind, type Overlay, watchedBy } from "./diagram/diagram.ts";
import { looks } from "./looks.ts";

/** The shape of each kind: a rhombus for decisions, a hexagon for waits. */
const shapes: Record<Box["kind"], readonly [string, string]> = {
  trigger: ["([", "])"],
  sendTemplate: ["[", "]"],
  messageStatusRule: ["{", "}"],
  addTag: ["[/", "/]"],
  removeTag: ["[\\", "\\]"],
  wait: ["{{", "}}"],
  updateCustomer: ["[(", ")]"],
  condition: ["{", "}"],
  split: ["{", "}"],
  waitFor: ["{{", "}}"],
  emitEvent: [">", "]"],
  exit: ["[[", "]]"],
  goal: ["[[", "]]"],
  limits: ["[[", "]]"],
  end: ["((", "))"],
  missing: ["[", "]"],
  broken: ["[", "]"],
};

/** `overlay`: one customer's path. `broken`: components with problems. */
export function mermaid(journey: Journey, overlay?: Overlay, broken?: readonly BrokenComponent[]): string {
  const { boxes, ways } = diagramOf(journey, overlay, broken);
  const watched = watchedBy(journey, overlay);
  const all = [...boxes, ...watched];
  const nodes = new Map(all.map(({ id, kind }, index) => [id, nodeOf(id, kind, index)]));
  const shape = ({ id, kind, over, title, details }: Box) => {
    const [open, close] = shapes[kind];
    const words = quoted([over, title, ...details].filter((line) => line !== ""));
    return `${nodes.get(id)}${open}${words}${close}${kind in looks ? `:::${kind}` : ""}`;
  };
  const arrow = (label: string) => (label === "" ? "-->" : `-->|${quoted([label])}|`);
  const kinds = [...new Set(all.map(({ kind }) => kind))].filter((kind): kind is Kind => kind in looks);
  const pale = all.flatMap(({ id, pale }) => (pale ? [nodes.get(id)] : []));
  const paleWays = ways.flatMap((way, index) => (way.pale ? [index] : []));
  return [
    "flowchart TD",
    `  accTitle: ${plain(journey.name) || journey.id}`,
    ...boxes.map((box) => `  ${shape(box)}`),
    ...ways.map(({ from, to, label }) => `  ${nodes.get(from)} ${arrow(label)} ${nodes.get(to)}`),
    ...(watched.length > 0
      ? ['  subgraph watched["Watched from entry on"]', ...watched.map((rule) => `    ${shape(rule)}`), "  end"]
      : []),
    ...kinds.map(
      (kind) => `  classDef ${kind} fill:${looks[kind].light.fill},stroke:${looks[kind].light.stroke},color:#111`,
    ),
    ...(pale.length > 0 ? ["  classDef pale opacity:.35", `  class ${pale.join(",")} pale`] : []),
    ...(paleWays.length > 0 ? [`  linkStyle ${paleWays.join(",")} opacity:.35`] : []),
  ].join("\n");
}

/** Node ids that Mermaid accepts: words such as `end` are reserved. */
function nodeOf(id: string, kind: Box["kind"], index: number): string {
  if (kind === "trigger") return kind;
  if (id.startsWith("~")) return `${kind}${index}`;
  // The document may have problems, and an id may then contain any character.
  return /^[a-z0-9-]+$/.test(id) ? `c_${id.replaceAll("-", "_")}` : `c${index}`;
}

function quoted(lines: readonly string[]): string {
  return `"${lines.map((line) => line.replace(/[^\p{L}\p{N}\p{M} .,:+*/%=?!'×≠≤≥…“”_-]/gu, entity)).join("<br/>")}"`;
}

const entity = (character: string) => `#${character.codePointAt(0)};`;

/** Removes characters that end a line or have a meaning in Mermaid. */
function plain(text: string): string {
  return text.replace(/[^\p{L}\p{N}\p{M},.!?-]+/gu, " ").trim();
}
