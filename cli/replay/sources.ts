/** What happened: the lines of an archive, from a file or straight from a stack. Each call reads it from the beginning. */
import { type ArchiveHeader, readHeader } from "../../proof/replay/archive.ts";
import type { Stack } from "../../stack/stack.ts";
import { UsageError } from "../../stack/usage-error.ts";
import type { Io } from "../terminal/io.ts";
import { archivedCustomers } from "./archive-lines.ts";
import { windowOf } from "./last.ts";

export interface Source {
  /** The name of the source, for messages about one of its lines. */
  readonly name: string;
  header(): Promise<Pick<ArchiveHeader, "from" | "until">>;
  customers(): AsyncIterable<string>;
}

export function fileSource(file: string, io: Io): Source {
  return {
    name: file,
    async header() {
      for await (const line of linesIn(file, io)) {
        const read = readHeader(line);
        if ("value" in read) return read.value;
        break;
      }
      throw new UsageError(
        `${file} is no archive: its first line must be such as { "archive": 1, "from": "2026-01-01T00:00:00Z", "until": "2026-01-31T00:00:00Z", "attributes": true }.`,
      );
    },
    async *customers() {
      let isHeader = true;
      for await (const line of linesIn(file, io)) {
        if (!isHeader) yield line;
        isHeader = false;
      }
    },
  };
}

/** A problem with a whole line has no path. */
export function lineProblem(
  { name }: Source,
  line: number,
  { path, message }: { path: string; message: string },
): string {
  return `${name}:${line}: ${path === "" ? "" : `${path}: `}${message}`;
}

/** The attributes do not leave this process, so all of them are used. */
export function stackSource(stack: Stack, last: string | boolean | undefined): Source {
  const window = { ...windowOf(last, stack.ports.clock.now()), attributes: true };
  return {
    name: "customers table",
    header: async () => window,
    async *customers() {
      for await (const customer of archivedCustomers(stack, window)) yield JSON.stringify(customer);
    },
  };
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
