/** The drawn picture of every example, measured in its SVG: all of it lies on the paper, in the middle, edge on edge. */
import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { diagramOf } from "../../../insight/picture/diagram/diagram.ts";
import { layout } from "../../../insight/picture/layout/layout.ts";
import { svg } from "../../../insight/picture/svg.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";

const MARGIN = 28;
const examples = globSync("examples/*/*.json")
  .sort()
  .map((file) => JSON.parse(readFileSync(file, "utf8")) as Journey)
  .filter(({ components, trigger }) => components !== undefined && trigger !== undefined)
  .map((journey) => [journey.id, journey] as const);

const numbers = (tag: string) =>
  Object.fromEntries(
    [...tag.matchAll(/ (x|y|width|height)="([-\d.]+)"/g)].map(([, name, value]) => [name, Number(value)]),
  );

/** The left and the right side of the rectangles and lines of a group, in the group's own numbers. */
function extent(group: string) {
  const rectangles = [...group.matchAll(/<rect [^>]*>/g)].map(([tag]) => numbers(tag));
  const lines = [...group.matchAll(/<path d="([^"]*)" fill="none"[^>]*data-stroke="line"/g)];
  const bends = lines.flatMap(([, path = ""]) => [...path.matchAll(/([\d.]+) [\d.]+/g)].map(([, x]) => Number(x)));
  const lefts = rectangles.map(({ x = 0 }) => x);
  const rights = rectangles.map(({ x = 0, width = 0 }) => x + width);
  return { left: Math.min(...lefts, ...bends), right: Math.max(...rights, ...bends) };
}

describe.each(examples)("the picture of %s", (_, journey) => {
  const picture = svg(journey);
  const width = Number(/viewBox="0 0 ([\d.]+)/.exec(picture)?.[1]);
  const groups = picture.split('<g transform="translate(').slice(1);
  const placed = groups.map((group) => {
    const [x = 0] = group.split(/[ )]/).map(Number);
    const { left, right } = extent(group);
    return { left: x + left, right: x + right };
  });

  test("lies on the paper, and its left margin is its right margin", () => {
    const [left, right] = [
      Math.min(...placed.map((each) => each.left)),
      width - Math.max(...placed.map((each) => each.right)),
    ];
    expect(left).toBeGreaterThanOrEqual(MARGIN - 1);
    expect(right).toBeGreaterThanOrEqual(MARGIN - 1);
    expect(Math.abs(left - right)).toBeLessThan(1);
  });

  test("each line ends at the edge of a box", () => {
    const { boxes, lines } = layout(diagramOf(journey));
    expect(lines.length).toBeGreaterThan(0);
    for (const { points } of lines) {
      const end = points.at(-1);
      const nearest = Math.min(
        ...boxes.map(({ x, y, width, height }) =>
          Math.max(Math.abs((end?.x ?? 0) - x) - width / 2, Math.abs(Math.abs((end?.y ?? 0) - y) - height / 2)),
        ),
      );
      expect(nearest).toBeLessThanOrEqual(0.5);
    }
  });
});
