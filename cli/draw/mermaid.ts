/** A journey as a Mermaid flowchart: https://mermaid.js.org/syntax/flowchart.html */
import type { ComponentType } from "../../lambdas/domain/component.ts";
import type { Journey } from "../../lambdas/domain/journey.ts";
import { outlets } from "../../lambdas/domain/outlets.ts";
import { branchLabel, caption, kindNames, ruleText, triggerText } from "./captions.ts";
import { colours } from "./kinds.ts";

/** The shape of each kind: what decides is a rhombus, what rests is a hexagon. */
const shapes: Record<ComponentType, readonly [string, string]> = {
  sendTemplate: ["[", "]"],
  messageStatusRule: ["{", "}"],
  addTag: ["[/", "/]"],
  removeTag: ["[/", "/]"],
  wait: ["{{", "}}"],
  updateCustomer: ["[(", ")]"],
  condition: ["{", "}"],
  split: ["{", "}"],
  waitFor: ["{{", "}}"],
  emitEvent: [">", "]"],
};

export function mermaid(journey: Journey): string {
  const lines = ["flowchart TD", `  trigger((${text(["Trigger", ...triggerText(journey)])}))`];
  const used = new Set<ComponentType>();
  let ends = 0;
  lines.push(`  trigger --> ${node(journey.start)}`);
  for (const [id, component] of Object.entries(journey.components)) {
    used.add(component.type);
    const [open, close] = shapes[component.type];
    const words = [kindNames[component.type], id, caption(component)].filter(
      (word, index, all) => all.indexOf(word) === index,
    );
    lines.push(`  ${node(id)}${open}${text(words)}${close}:::${component.type}`);
    for (const [index, outlet] of outlets(component).entries()) {
      const label = branchLabel(component, index, outlet.label);
      const to = outlet.to === undefined ? `end${++ends}([${text(["End"])}])` : node(outlet.to);
      lines.push(`  ${node(id)} -->${label ? `|${text([label])}|` : ""} ${to}`);
    }
  }
  const watched = [
    ...(journey.exit ?? []).map((rule) => ({ rule, kind: "exit", title: "Exit" })),
    ...(journey.goals ?? []).map((rule) => ({ rule, kind: "goal", title: "Goal" })),
  ];
  if (watched.length > 0) {
    lines.push(`  subgraph watched[${text(["Watched from entry on"])}]`);
    for (const { rule, kind, title } of watched)
      lines.push(`    ${kind}_${node(rule.id)}[[${text([`${title} ${rule.id}`, ruleText(rule)])}]]:::${kind}`);
    lines.push("  end");
  }
  for (const kind of [...used, ...new Set(watched.map(({ kind }) => kind))] as (keyof typeof colours)[])
    lines.push(`  classDef ${kind} fill:${colours[kind].fill},stroke:${colours[kind].stroke},color:#111`);
  return lines.join("\n");
}

/** Ids as Mermaid takes them: `end` and the like are words of its own. */
function node(id: string): string {
  return `c_${id.replaceAll("-", "_")}`;
}

function text(lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    line.replace(/[&"<>#;|`\\[\]{}()]/g, (character) => `#${character.codePointAt(0)};`),
  );
  return `"${escaped.join("<br/>")}"`;
}
