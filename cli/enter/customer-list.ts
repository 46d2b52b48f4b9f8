/**
 * The customers of a CSV file, for `journeys enter --csv`. One column is `customerId`; each other column is an
 * attribute. A line that cannot be used is listed with its number. A problem of the whole file, such as a quotation
 * mark that is never closed, means that no customer is read, because any number of lines after the problem may be
 * missing.
 *
 * A cell is a text, because CSV has no types. A column named `NAME:number`, `NAME:boolean` or `NAME:list` has another
 * type. An empty cell says nothing about the attribute.
 */
import { type CsvError, parse } from "csv-parse/sync";
import { decode } from "../../insight/documents/text-encoding.ts";
import { count } from "../../insight/words/count.ts";
import { customerId as idSchema } from "../../lambdas/domain/customer/customer-changes.ts";
import { unusableAttributes } from "../../lambdas/domain/customer/reserved-attributes.ts";
import { check } from "../../lambdas/domain/documents/problem.ts";
import type { Json, JsonObject } from "../../lambdas/domain/values/json.ts";
import { customerUpdate } from "./customer-update.ts";
import { type Column, columnsOf, ID_COLUMN, type ListProblem } from "./list-columns.ts";

export interface ListedCustomer {
  readonly line: number;
  readonly customerId: string;
  /** The cells of the other columns that are not empty. */
  readonly attributes: JsonObject;
}

/** A line that cannot be used, and why. `line`: the first line of the record, which may have several. */
export interface BadLine {
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

export interface CustomerList {
  readonly customers: readonly ListedCustomer[];
  readonly bad: readonly BadLine[];
  /** The names of the attributes that the file has columns for. */
  readonly attributes: readonly string[];
}

export function readCustomerList(bytes: Uint8Array): CustomerList | { readonly problems: readonly ListProblem[] } {
  const decoded = decode(bytes);
  if ("problems" in decoded) return decoded;
  const { records, bad, problem } = recordsIn(decoded.text);
  const [header, ...rows] = records;
  if (!header) return { problems: [problem ?? { code: "empty-list", message: EMPTY }] };
  const found = columnsOf(header.cells);
  if ("problems" in found) return { problems: found.problems };
  if (problem) return { problems: [problem] };
  const { columns } = found;
  const customers: ListedCustomer[] = [];
  const firstLines = new Map<string, number>();
  for (const { line, cells } of rows) {
    const read = customerIn(cells, columns);
    if (typeof read === "object" && "code" in read) {
      bad.push({ line, ...read });
      continue;
    }
    const first = firstLines.get(read.customerId);
    if (first === undefined) {
      firstLines.set(read.customerId, line);
      customers.push({ line, ...read });
    } else bad.push({ line, code: "duplicate-id", message: `The customer is in line ${first} already.` });
  }
  const attributes = columns.flatMap(({ name }) => (name === ID_COLUMN ? [] : [name]));
  return { customers, bad: bad.sort((a, b) => a.line - b.line), attributes };
}

const EMPTY = `The file is empty. Its first line must name the columns, and one of them must be ${ID_COLUMN}.`;

interface CsvRecord {
  /** The first line of the record. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The records that are not blank. A quotation mark in the middle of a cell costs its line only. */
function recordsIn(text: string): { records: CsvRecord[]; bad: BadLine[]; problem?: ListProblem } {
  const errors: CsvError[] = [];
  const parsed = parse(text, {
    delimiter: delimiterOf(text),
    record_delimiter: ["\r\n", "\n", "\r"],
    info: true,
    relax_column_count: true,
    skip_records_with_error: true,
    on_skip: (error) => void (error && errors.push(error)),
  }) as unknown as { record: string[]; info: { lines: number } }[];
  const records: CsvRecord[] = [];
  const bad: BadLine[] = [];
  const quotes = new Set(errors.filter(({ code }) => code === "INVALID_OPENING_QUOTE").map(lineOf));
  for (const line of quotes)
    bad.push({ line, code: "bad-quote", message: 'A quotation mark is in the middle of a cell. Write it as "".' });
  let last = 0;
  for (const { record, info } of parsed) {
    while (quotes.has(last + 1)) last++;
    if (record.some((cell) => cell.trim() !== "")) records.push({ line: last + 1, cells: record });
    last = info.lines;
  }
  const open = errors.find(({ code }) => code !== "INVALID_OPENING_QUOTE");
  if (!open) return { records, bad };
  const line = open.code === "CSV_QUOTE_NOT_CLOSED" ? last + 1 : lineOf(open);
  const message = `Line ${line} has a quotation mark that is not closed, or text after a closing quotation mark. The lines after it cannot be read.`;
  return { records, bad, problem: { line, code: "bad-quote", message } };
}

const lineOf = (error: CsvError) => Number(error.lines);

/** The sign between the columns: the most frequent of comma, semicolon and tab in the first line. */
function delimiterOf(text: string): string {
  const [header = ""] = text.split(/[\r\n]/, 1);
  const outside = header.replace(/"[^"]*"/g, "");
  const amount = (sign: string) => outside.split(sign).length;
  return [",", ";", "\t"].reduce((best, sign) => (amount(sign) > amount(best) ? sign : best));
}

type Unusable = Omit<BadLine, "line">;

function customerIn(cells: readonly string[], columns: readonly Column[]): Omit<ListedCustomer, "line"> | Unusable {
  if (cells.length < columns.length || cells.slice(columns.length).some((cell) => cell.trim() !== ""))
    return {
      code: "wrong-columns",
      message: `The line has ${count(cells.length, "cell")}, but the first line has ${columns.length}.`,
    };
  let customerId = "";
  const read: [string, Json][] = [];
  for (const [index, { name, type }] of columns.entries()) {
    const cell = (cells[index] ?? "").trim();
    if (name === ID_COLUMN) customerId = cell;
    else if (cell !== "") {
      const value = type.read(cell);
      if (value === undefined) return { code: "bad-value", message: `${name} is ${quoted(cell)}, not ${type.wanted}.` };
      read.push([name, value]);
    }
  }
  if (customerId === "") return { code: "missing-id", message: `${ID_COLUMN} is empty.` };
  const checked = check(idSchema, customerId);
  if ("problems" in checked)
    return { code: "bad-id", message: checked.problems.map(({ message }) => message).join(" ") };
  const attributes = Object.fromEntries(read) as JsonObject;
  const [unusable] = unusableAttributes(attributes);
  if (unusable) {
    const { attribute, reason } = unusable;
    return { code: reason, message: `${attribute} cannot be ${quoted(JSON.stringify(attributes[attribute]))}.` };
  }
  const update = customerUpdate(customerId, attributes);
  const [problem] = "problems" in update ? update.problems : [];
  return problem ? { code: problem.code, message: problem.message } : { customerId, attributes };
}

const quoted = (text: string) => (text.startsWith('"') ? text : JSON.stringify(text)).slice(0, 60);
