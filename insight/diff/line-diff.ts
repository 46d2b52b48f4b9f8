/** The lines that differ between two texts, with the lines around them, as `git diff` shows them. */

export interface DiffLine {
  readonly kind: "same" | "removed" | "added" | "gap";
  readonly text: string;
}

const CONTEXT = 1;
/** The comparison takes the product of both numbers of lines, so longer texts are compared without it. */
const MOST_LINES = 2_000;

export function lineDiff(before: string, after: string): DiffLine[] {
  const [old, current] = [before.split("\n"), after.split("\n")];
  if (old.length > MOST_LINES || current.length > MOST_LINES) return [];
  const lines = aligned(old, current);
  const isNear = (index: number) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ kind }) => kind !== "same");
  return lines.flatMap((line, index): DiffLine[] => {
    if (isNear(index)) return [line];
    return index > 0 && isNear(index - 1) ? [{ kind: "gap", text: "" }] : [];
  });
}

/** The longest common sequence of lines stays; all other lines were removed or added. */
function aligned(old: readonly string[], current: readonly string[]): DiffLine[] {
  const width = current.length + 1;
  const common = new Uint16Array((old.length + 1) * width);
  const at = (a: number, b: number) => common[a * width + b] ?? 0;
  for (let a = old.length - 1; a >= 0; a--)
    for (let b = current.length - 1; b >= 0; b--)
      common[a * width + b] = old[a] === current[b] ? at(a + 1, b + 1) + 1 : Math.max(at(a + 1, b), at(a, b + 1));
  const lines: DiffLine[] = [];
  let [a, b] = [0, 0];
  while (a < old.length || b < current.length) {
    const [left, right] = [old[a], current[b]];
    if (left !== undefined && left === right) {
      lines.push({ kind: "same", text: left });
      a++;
      b++;
    } else if (left !== undefined && (right === undefined || at(a + 1, b) >= at(a, b + 1))) {
      lines.push({ kind: "removed", text: left });
      a++;
    } else {
      lines.push({ kind: "added", text: right ?? "" });
      b++;
    }
  }
  return lines;
}
