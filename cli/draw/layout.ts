/** Where everything goes: a layered layout, top to bottom, by dagre. */
import dagre from "@dagrejs/dagre";
import type { Journey } from "../../lambdas/domain/journey.ts";
import { outlets } from "../../lambdas/domain/outlets.ts";
import { branchLabel, caption, kindNames, triggerText } from "./captions.ts";
import type { glyphs } from "./kinds.ts";
import { widthOf, wrap } from "./text.ts";

export const BOX_WIDTH = 236;
export const LABEL_SIZE = 11;
const LABEL_WIDTH = 150;

export interface Box {
  readonly id: string;
  readonly kind: keyof typeof glyphs | "end";
  readonly over: string;
  readonly title: string;
  readonly lines: readonly string[];
  /** All of it, for who hovers. */
  readonly full: string;
  readonly width: number;
  readonly height: number;
  x: number;
  y: number;
}

export interface Way {
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly label: readonly string[];
  readonly full: string;
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly boxes: readonly Box[];
  readonly ways: readonly Way[];
  readonly width: number;
  readonly height: number;
}

export function layout(journey: Journey): Layout {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: 36, ranksep: 44, edgesep: 18, marginx: 28, marginy: 28 });
  const boxes = new Map<string, Box>();
  const labels = new Map<string, { lines: string[]; full: string }>();

  const place = (box: Omit<Box, "x" | "y">) => {
    boxes.set(box.id, { ...box, x: 0, y: 0 });
    graph.setNode(box.id, { width: box.width, height: box.height });
  };
  const join = (from: string, to: string, name: string, label: string) => {
    const lines = label === "" ? [] : wrap(label, LABEL_SIZE, LABEL_WIDTH, 3);
    const width = Math.max(0, ...lines.map((line) => widthOf(line, LABEL_SIZE))) + (lines.length > 0 ? 12 : 0);
    labels.set(`${from} ${to} ${name}`, { lines, full: label });
    graph.setEdge(
      from,
      to,
      { width, height: lines.length * (LABEL_SIZE + 3) + (lines.length > 0 ? 6 : 0), labelpos: "c" },
      name,
    );
  };

  place(box("~trigger", "trigger", "Trigger", triggerText(journey)[0] ?? "", triggerText(journey).slice(1).join(", ")));
  if (Object.hasOwn(journey.components, journey.start)) join("~trigger", journey.start, "start", "");
  for (const [id, component] of Object.entries(journey.components))
    place(box(id, component.type, kindNames[component.type], id, caption(component)));
  for (const [id, component] of Object.entries(journey.components))
    for (const [index, outlet] of outlets(component).entries()) {
      const to = outlet.to ?? `~end ${id} ${index}`;
      if (outlet.to === undefined)
        place({
          id: to,
          kind: "end",
          over: "",
          title: "End",
          lines: [],
          full: "The journey ends here",
          width: 52,
          height: 26,
        });
      if (boxes.has(to)) join(id, to, String(index), branchLabel(component, index, outlet.label));
    }

  dagre.layout(graph);
  for (const box of boxes.values()) Object.assign(box, { x: graph.node(box.id).x, y: graph.node(box.id).y });
  const ways = graph.edges().map((edge: { v: string; w: string; name?: string }): Way => {
    const { points, x = 0, y = 0 } = graph.edge(edge);
    const { lines = [], full = "" } = labels.get(`${edge.v} ${edge.w} ${edge.name}`) ?? {};
    return { points, label: lines, full, x, y };
  });
  const { width = 0, height = 0 } = graph.graph();
  return { boxes: [...boxes.values()], ways, width, height };
}

function box(id: string, kind: keyof typeof glyphs, over: string, title: string, detail: string): Omit<Box, "x" | "y"> {
  const lines = detail === "" || detail === title ? [] : wrap(detail, 12, BOX_WIDTH - 58, 3);
  return {
    id,
    kind,
    over,
    title,
    lines,
    full: [over, title, detail].filter(Boolean).join(": "),
    width: BOX_WIDTH,
    height: 48 + lines.length * 16,
  };
}
