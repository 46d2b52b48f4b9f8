/** The columns of a list of customers: the names and types in the first line of the file. */
import { didYouMean } from "../../lambdas/domain/values/did-you-mean.ts";
import type { Json } from "../../lambdas/domain/values/json.ts";

/** A problem of the whole file. */
export interface ListProblem {
  readonly code: string;
  readonly message: string;
  readonly line?: number;
}

export const ID_COLUMN = "customerId";

interface CellType {
  /** `undefined`: the cell is no such value. */
  readonly read: (cell: string) => Json | undefined;
  readonly wanted: string;
}

const NUMBER = /^-?\d+(\.\d+)?$/;

const types = {
  text: { read: (cell) => cell, wanted: "a text" },
  number: {
    read: (cell) => (NUMBER.test(cell) ? Number(cell) : undefined),
    wanted: "a number such as 12 or 12.5",
  },
  boolean: {
    read: (cell) => (/^(true|false)$/i.test(cell) ? cell.toLowerCase() === "true" : undefined),
    wanted: "true or false",
  },
  list: {
    read: (cell) => cell.split("|").flatMap((item) => item.trim() || []),
    wanted: "a list such as vip|berlin",
  },
} as const satisfies Record<string, CellType>;

export interface Column {
  readonly name: string;
  readonly type: CellType;
}

export function columnsOf(
  header: readonly string[],
): { readonly columns: readonly Column[] } | { readonly problems: readonly ListProblem[] } {
  const names = header.map((cell) => cell.trim());
  while (names.at(-1) === "") names.pop();
  const columns = names.map(columnOf);
  const problems: ListProblem[] = [];
  const add = (code: string, message: string) => problems.push({ line: 1, code, message });
  const seen = new Set<string>();
  for (const [index, { name }] of columns.entries()) {
    if (name === "") add("missing-name", `Column ${index + 1} has no name. Name it, or remove it.`);
    else if (seen.has(name)) add("duplicate-name", `Two columns have the name "${name}". Remove one.`);
    seen.add(name);
  }
  if (!seen.has(ID_COLUMN))
    add(
      "missing-id-column",
      `No column has the name ${ID_COLUMN}. The first line must name the columns.${didYouMean(ID_COLUMN, seen)}`,
    );
  return problems.length > 0 ? { problems } : { columns };
}

function columnOf(text: string): Column {
  const [, name = text, type] = /^(.+):(text|number|boolean|list)$/.exec(text) ?? [];
  if (type !== undefined) return { name, type: types[type as keyof typeof types] };
  return { name, type: name === "tags" ? types.list : types.text };
}
