/** The places and paths of customers on a picture. */
import { TRIGGER } from "../../../insight/picture/diagram/diagram.ts";
import type { Point } from "../../../insight/picture/layout/layout.ts";
import type { Happened } from "../../api/playground.ts";
import type { Drawn } from "./picture.tsx";

/** The way of one customer along the connections, as one path. */
export interface Walk {
  readonly key: string;
  readonly who: string;
  readonly points: readonly Point[];
}

/** The walks in a journey that these lines of a timeline describe: one for each customer, through all steps. */
export function walksOf(lines: readonly Happened[], journeyId: string, picture: Drawn): Walk[] {
  const walks = new Map<string, Point[]>();
  const names = new Map<string, string>();
  for (const line of lines) {
    if (!("enrollmentId" in line) || line.journeyId !== journeyId) continue;
    const taken = wayTaken(line, picture);
    if (!taken) continue;
    const id = line.enrollmentId;
    names.set(id, line.customerId);
    walks.set(id, [...(walks.get(id) ?? []), ...taken]);
  }
  const last = lines.at(-1)?.number ?? 0;
  return [...walks].map(([id, points]) => ({ key: `${id} ${last}`, who: names.get(id) ?? "", points }));
}

function wayTaken(line: Happened, { lines }: Drawn): readonly Point[] | undefined {
  if (line.kind === "entered") return lines.find(({ way }) => way.from === TRIGGER)?.points;
  if (line.kind !== "component" || line.outcome === "waiting") return undefined;
  // After a skipped message the customer continues like after a sent one.
  const outcomes = line.outcome === "skipped" ? ["skipped", "done"] : [line.outcome];
  return lines.find(({ way }) => way.from === line.componentId && outcomes.includes(way.outcome ?? ""))?.points;
}

/** The point at a part (0 to 1) of a path. */
export function pointOn(points: readonly Point[], part: number): Point {
  const lengths = points.slice(1).map((point, index) => apart(point, points[index] ?? point));
  let left = part * lengths.reduce((sum, length) => sum + length, 0);
  for (const [index, length] of lengths.entries()) {
    const [from, to] = [points[index], points[index + 1]];
    if (!from || !to) break;
    if (left <= length && length > 0) {
      const share = left / length;
      return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
    }
    left -= length;
  }
  return points.at(-1) ?? { x: 0, y: 0 };
}

export const lengthOf = (points: readonly Point[]) =>
  points.slice(1).reduce((sum, point, index) => sum + apart(point, points[index] ?? point), 0);

const apart = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);
