/**
 * The rules that every picture keeps, whatever the journey: no part covers another part, and every way is drawn from
 * end to end.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Diagram, diagramOf } from "../../../insight/picture/diagram/diagram.ts";
import { type Layout, layout, type Point } from "../../../insight/picture/layout/layout.ts";
import type { Component } from "../../../lambdas/domain/journey/component.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { ofASample, sampled } from "../../sample.ts";

/** Journeys of up to 14 components that lead anywhere: on, back, to themselves, to nothing, to what does not exist. */
const journeys: fc.Arbitrary<Journey> = fc.integer({ min: 1, max: 14 }).chain((size) => {
  const ids = Array.from({ length: size }, (_, index) => `c${index}`);
  const next = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...ids) }, fc.constantFrom(undefined, "nowhere"));
  const component: fc.Arbitrary<Component> = fc.oneof(
    next.map((next): Component => ({ type: "addTag", tags: ["a-tag"], next })),
    next.map((next): Component => ({ type: "wait", for: "P1D", next })),
    fc.tuple(next, next).map(([met, notMet]): Component => {
      return { type: "messageStatusRule", message: "c0", status: "read", within: "P1D", met, notMet };
    }),
    fc
      .array(next, { minLength: 2, maxLength: 5 })
      .map((to): Component => ({ type: "split", branches: to.map((next) => ({ percent: 100 / to.length, next })) })),
  );
  return fc.array(component, { minLength: size, maxLength: size }).map((components) => ({
    id: "j",
    name: "J",
    status: "draft",
    trigger: { event: "e" },
    start: "c0",
    components: Object.fromEntries(components.map((component, index) => [`c${index}`, component])),
  }));
});

interface Picture {
  readonly diagram: Diagram;
  readonly picture: Layout;
}

/** Every law looks at the same journeys, so each journey is drawn once. */
const pictures = new Map<string, Picture>();
function pictureOf(journey: Journey): Picture {
  const key = JSON.stringify(journey);
  const found = pictures.get(key);
  if (found) return found;
  const diagram = diagramOf(journey);
  const drawn = { diagram, picture: layout(diagram) };
  pictures.set(key, drawn);
  return drawn;
}

function always(name: string, check: (picture: Layout, diagram: Diagram) => void): void {
  test(name, ofASample, () => {
    fc.assert(
      fc.property(journeys, (journey) => {
        const { picture, diagram } = pictureOf(journey);
        check(picture, diagram);
      }),
      { seed: 42, numRuns: sampled(200) },
    );
  });
}

interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

const sides = ({ x, y, width, height }: Rectangle) => ({
  left: x - width / 2,
  right: x + width / 2,
  top: y - height / 2,
  bottom: y + height / 2,
});

/** Whether two rectangles share more than an edge. */
function overlap(a: ReturnType<typeof sides>, b: ReturnType<typeof sides>): boolean {
  return a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
}

function piecesOf({ lines }: Layout): { line: number; from: Point; to: Point }[] {
  return lines.flatMap(({ points }, line) =>
    points.slice(1).map((to, index) => ({ line, from: points[index] ?? to, to })),
  );
}

const near = (a: number, b: number, distance = 0.5) => Math.abs(a - b) < distance;

always("no box or label lies over another", ({ boxes, labels }) => {
  const all = [...boxes, ...labels].map(sides);
  const over = all.flatMap((a, index) => all.slice(index + 1).filter((b) => overlap(a, b)));
  expect(over).toEqual([]);
});

always("everything is on the paper", ({ boxes, labels, lines, width, height }) => {
  for (const { left, right, top, bottom } of [...boxes, ...labels].map(sides)) {
    expect(Math.min(left, top)).toBeGreaterThan(-0.01);
    expect([right <= width + 0.01, bottom <= height + 0.01]).toEqual([true, true]);
  }
  for (const { y } of lines.flatMap(({ points }) => points)) expect([y >= 0, y <= height]).toEqual([true, true]);
});

always("no line runs through a box", (picture) => {
  const boxes = picture.boxes.map(sides);
  for (const { from, to } of piecesOf(picture)) {
    const [x, y] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
    const piece = sides({ x, y, width: Math.abs(from.x - to.x) + 3, height: Math.abs(from.y - to.y) });
    expect(boxes.some((box) => overlap(box, piece))).toBe(false);
  }
});

always("every way leaves its box below and arrives above the next, at right angles all along", (picture, { ways }) => {
  const boxes = new Map(picture.boxes.map((box) => [box.id, sides(box)]));
  const arrivals = picture.lines.map(({ points }) => points.at(-1)?.y);
  expect(arrivals.toSorted()).toEqual(ways.map(({ to }) => boxes.get(to)?.top).toSorted());
  expect(picture.lines.map(({ points }) => points[0]?.y).toSorted()).toEqual(
    ways.map(({ from }) => boxes.get(from)?.bottom).toSorted(),
  );
  for (const { from, to } of piecesOf(picture)) expect(near(from.x, to.x) || near(from.y, to.y)).toBe(true);
});

always("lines run over each other only where they start or end together", (picture) => {
  const pieces = piecesOf(picture);
  const ends = (line: number) => [picture.lines[line]?.points[0], picture.lines[line]?.points.at(-1)];
  const together = (a: number, b: number) =>
    ends(a).some((end, index) => {
      const other = ends(b)[index];
      return end && other && near(end.x, other.x) && near(end.y, other.y);
    });
  const runOver: unknown[] = [];
  for (const [index, a] of pieces.entries())
    for (const b of pieces.slice(index + 1)) {
      if (a.line === b.line || together(a.line, b.line)) continue;
      for (const [along, across] of [["x", "y"] as const, ["y", "x"] as const]) {
        const level = [a.from, a.to, b.from, b.to].every((point) => near(point[across], a.from[across], 3));
        const shared =
          Math.min(Math.max(a.from[along], a.to[along]), Math.max(b.from[along], b.to[along])) -
          Math.max(Math.min(a.from[along], a.to[along]), Math.min(b.from[along], b.to[along]));
        if (level && shared > 3) runOver.push([a, b]);
      }
    }
  expect(runOver).toEqual([]);
});

test("branches have the order of the document", () => {
  const to = ["c", "a", "d", "b"];
  const journey: Journey = {
    id: "j",
    name: "J",
    status: "draft",
    trigger: { event: "e" },
    start: "s",
    components: {
      s: { type: "split", branches: to.map((next) => ({ percent: 25, next })) },
      ...Object.fromEntries(to.toSorted().map((id): [string, Component] => [id, { type: "addTag", tags: ["t"] }])),
    },
  };
  const { boxes } = layout(diagramOf(journey));
  const placed = boxes.filter(({ id }) => to.includes(id)).sort((a, b) => a.x - b.x);
  expect(placed.map(({ id }) => id)).toEqual(to);
});

test("a straight journey is one straight line", () => {
  const components = Object.fromEntries(
    ["a", "b", "c"].map((id, index, all): [string, Component] => {
      return [id, { type: "wait", for: "P1D", next: all[index + 1] }];
    }),
  );
  const journey: Journey = { id: "j", name: "J", status: "draft", trigger: { event: "e" }, start: "a", components };
  const { boxes } = layout(diagramOf(journey));
  expect(new Set(boxes.map(({ x }) => Math.round(x))).size).toBe(1);
});

test("the largest journey, in one long chain, is drawn", () => {
  const ids = Array.from({ length: 200 }, (_, index) => `c${index}`);
  const components = Object.fromEntries(
    ids.map((id, index): [string, Component] => [id, { type: "addTag", tags: ["t"], next: ids[index + 1] }]),
  );
  const journey: Journey = { id: "j", name: "J", status: "draft", trigger: { event: "e" }, start: "c0", components };
  expect(layout(diagramOf(journey)).boxes.length).toBe(202);
});
