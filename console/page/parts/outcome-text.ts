/** An outcome of a component in words: the label of its connection, or the reason. */
import { branchLabel } from "../../../insight/words/captions.ts";
import type { Component } from "../../../lambdas/domain/journey/component.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { END, outlets } from "../../../lambdas/domain/journey/outlets.ts";
import { reasonText } from "../../../lambdas/domain/reasons/reason-text.ts";

type Components = Readonly<Record<string, Component>>;

export function outcomeText(componentId: string, outcome: string, components: Components): string {
  const component = components[componentId];
  const ways = component ? outlets(component) : [];
  const index = ways.findIndex((way) => way.outcome === outcome);
  const label = component && index >= 0 ? branchLabel(component, index, ways[index]?.label ?? "") : "";
  if (label !== "") return label;
  if (outcome === "done") return "went on";
  if (outcome === END) return "to the end";
  return reasonText(outcome);
}

export const componentsOf = (journey: Journey | undefined): Components => journey?.components ?? {};
