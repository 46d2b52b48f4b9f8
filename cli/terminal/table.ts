/** Tables for people: each column is as wide as its content, and numbers are aligned right. */
import type { Color, Io } from "./io.ts";
import { safeText } from "./safe-io.ts";

export type Cell = string | number | { readonly text: string; readonly color: Color };

/** `columns`: the headings. A table without rows is not printed. */
export function showTable(columns: readonly string[], rows: readonly (readonly Cell[])[], io: Io): void {
  if (rows.length === 0) return;
  const widths = columns.map((head, column) => Math.max(head.length, ...rows.map((row) => textOf(row[column]).length)));
  const numbers = columns.map((_, column) => rows.every((row) => /^[-+]?[\d.,]* ?%?$/.test(textOf(row[column]))));
  const pad = (text: string, column: number) => {
    const width = widths[column] ?? 0;
    if (numbers[column]) return text.padStart(width);
    return column === columns.length - 1 ? text : text.padEnd(width);
  };
  const line = (cells: readonly Cell[]) =>
    columns
      .map((_, column) => {
        const cell = cells[column] ?? "";
        const padded = pad(textOf(cell), column);
        return typeof cell === "object" ? io.style(cell.color, padded) : padded;
      })
      .join("  ")
      .trimEnd();
  io.out(io.style("dim", `  ${line(columns)}`));
  for (const row of rows) io.out(`  ${line(row)}`);
}

/** The text as it is printed. A line break in data is replaced, because it would look like another row. */
function textOf(cell: Cell | undefined): string {
  return safeText(typeof cell === "object" ? cell.text : String(cell ?? ""))
    .replaceAll("\n", "\\n")
    .replaceAll("\t", "\\t");
}
