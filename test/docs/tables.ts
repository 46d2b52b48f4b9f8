/** Tables in Markdown, read back. */

/** The rows of the first table at or after a line that starts so, as cells. */
export function rowsUnder(page: string, start: string): string[][] {
  const lines = page.split("\n");
  const from = lines.findIndex((line) => line.startsWith(start));
  if (from < 0) throw new Error(`No line starts with "${start}".`);
  const header = lines.findIndex((line, index) => index >= from && line.startsWith("|"));
  const rows = lines.slice(header + 2);
  return rows.slice(0, rows.findIndex((line) => !line.startsWith("|")) >>> 0).map(cells);
}

function cells(row: string): string[] {
  return row
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

/** The values in a cell: JSON in backticks, and a dash for nothing. */
export function cellsOf(cell = ""): unknown[] {
  return [...cell.matchAll(/`([^`]+)`|–/g)].map(([, json]) => (json === undefined ? undefined : JSON.parse(json)));
}
