/** A journey as a Mermaid flowchart: https://mermaid.js.org/syntax/flowchart.html */
import type { Journey } from "../../lambdas/domain/journey.ts";
import type { Marks } from "./diagram/diagram.ts";
import { type Box, diagramOf, watchedBy } from "./diagram/diagram.ts";
import { type Kind, looks } from "./looks.ts";

/** The shape of each kind: what decides is a rhombus, what rests is a hexagon. */
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
  end: ["((", "))"],
  missing: ["[", "]"],
};

/** `marks`: a customer's path on it. */
export function mermaid(journey: Journey, marks?: Marks): string {
  const { boxes, ways } = diagramOf(journey, marks);
  const watched = watchedBy(journey, marks);
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

/** Ids as Mermaid takes them: `end` and the like are words of its own. */
function nodeOf(id: string, kind: Box["kind"], index: number): string {
  if (kind === "trigger") return kind;
  return id.startsWith("~") ? `${kind}${index}` : `c_${id.replaceAll("-", "_")}`;
}

function quoted(lines: readonly string[]): string {
  return `"${lines.map((line) => line.replace(/[^\p{L}\p{N}\p{M} .,:+*/%=?!'×≠≤≥…“”_-]/gu, entity)).join("<br/>")}"`;
}

const entity = (character: string) => `#${character.codePointAt(0)};`;

/** Without what would end a line or begin something of Mermaid's. */
function plain(text: string): string {
  return text.replace(/[^\p{L}\p{N}\p{M},.!?-]+/gu, " ").trim();
}
