/** The row of each box: below every box that leads to it, not counting loops. */

interface Link {
  readonly from: string;
  readonly to: string;
}

export interface Rows<L extends Link> {
  /** Even numbers; the odd rows between them are for labels. */
  readonly rowOf: ReadonlyMap<string, number>;
  /** The ways that lead back up: one for each loop. */
  readonly back: ReadonlySet<L>;
  /** The start boxes of a walk that reaches every box: the first box, then one of each part that is not reachable. */
  readonly starts: readonly string[];
}

export function rowsOf<L extends Link>(ids: readonly string[], ways: readonly L[]): Rows<L> {
  const out = Map.groupBy(ways, ({ from }) => from);
  const back = new Set<L>();
  const [open, met] = [new Set<string>(), new Set<string>()];
  const starts: string[] = [];
  /** Topological order: each box before the boxes that it leads to. */
  const inOrder: string[] = [];

  const follow = (id: string): void => {
    met.add(id);
    open.add(id);
    for (const way of out.get(id) ?? [])
      if (open.has(way.to)) back.add(way);
      else if (!met.has(way.to)) follow(way.to);
    open.delete(id);
    inOrder.unshift(id);
  };
  for (const id of ids)
    if (!met.has(id)) {
      starts.push(id);
      follow(id);
    }

  const [first] = ids;
  const rowOf = new Map(ids.map((id) => [id, id === first ? 0 : 2]));
  for (const id of inOrder)
    for (const way of out.get(id) ?? [])
      if (!back.has(way)) rowOf.set(way.to, Math.max(rowOf.get(way.to) ?? 0, (rowOf.get(id) ?? 0) + 2));
  return { rowOf, back, starts };
}
