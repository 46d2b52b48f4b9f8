/** What happened: the lines of an archive, from a file or straight from a stack. Each call reads it from the beginning. */
import { type ArchiveHeader, readHeader } from "../../proof/replay/archive.ts";
import type { Stack } from "../../stack/stack.ts";
import { UsageError } from "../../stack/usage-error.ts";
import type { Io } from "../terminal/io.ts";
import { archivedCustomers } from "./archive-lines.ts";
import { windowOf } from "./last.ts";
import type { Line, LineProblem } from "./line.ts";
import { customerIn, isInSample } from "./sample.ts";

export interface Source {
  /** The name of the source, for messages about one of its lines. */
  readonly name: string;
  header(): Promise<Pick<ArchiveHeader, "from" | "until" | "sample">>;
  customers(): AsyncIterable<Line>;
  /** Whether a second reading costs as much as the first: a stack is read over the network, and each read is paid. */
  readonly isRemote: boolean;
}

/** A sample of a sample is a smaller sample: the hashes of table and file have nothing to do with each other. */
const smaller = (sample: number | undefined, taken: number | undefined): { sample?: number } =>
  sample === undefined && taken === undefined ? {} : { sample: (sample ?? 1) * (taken ?? 1) };

export function fileSource(file: string, io: Io, taken?: number): Source {
  return {
    name: file,
    isRemote: false,
    async header() {
      for await (const line of linesIn(file, io)) {
        const read = readHeader(line);
        if ("value" in read && read.value.until <= read.value.from)
          throw new UsageError(`${file} covers no time: "until" must be after "from".`);
        if ("value" in read) return { ...read.value, ...smaller(read.value.sample, taken) };
        break;
      }
      throw new UsageError(
        `${file} is no archive: its first line must be such as { "archive": 1, "from": "2026-01-01T00:00:00Z", "until": "2026-01-31T00:00:00Z", "attributes": true }.`,
      );
    },
    async *customers() {
      let number = 0;
      const seen = new Set<string>();
      for await (const text of linesIn(file, io)) {
        number++;
        if (number === 1 || text.trim() === "") continue;
        const customerId = customerIn(text);
        if (!isTaken(customerId, taken)) continue;
        const isRepeated = customerId !== undefined && seen.has(customerId);
        if (customerId !== undefined && seen.size < MOST_COMPARED) seen.add(customerId);
        yield { number, text, ...(isRepeated && { isRepeated }) };
      }
    },
  };
}

/** A problem with a whole line has no path. */
export function lineProblem({ name }: Source, { line, problem: { path, message } }: LineProblem): string {
  return `${name}:${line}: ${path === "" ? "" : `${path}: `}${message}`;
}

/** The attributes do not leave this process, so all of them are used. */
export function stackSource(stack: Stack, last: string | boolean | undefined, taken?: number): Source {
  const window = { ...windowOf(last, stack.ports.clock.now()), attributes: true };
  return {
    name: "customers table",
    isRemote: true,
    header: async () => ({ ...window, ...smaller(undefined, taken) }),
    async *customers() {
      let number = 1;
      for await (const customer of archivedCustomers(stack, window, taken)) {
        number++;
        yield { number, text: JSON.stringify(customer) };
      }
    },
  };
}

/** The lines of a file are compared with so many customers, because their ids stay in memory. */
const MOST_COMPARED = 1_000_000;

/** A line without a customer is taken too, so that its problem is reported. */
function isTaken(customerId: string | undefined, of: number | undefined): boolean {
  return of === undefined || customerId === undefined || isInSample(customerId, of);
}

async function* linesIn(file: string, io: Io): AsyncGenerator<string> {
  try {
    yield* io.lines(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError(`${file} cannot be read (${code}). Check the name and the permissions of the file.`);
  }
}
