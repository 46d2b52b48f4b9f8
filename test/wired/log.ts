/**
 * The log of the functions. Lambda reads it from the standard output of a function, so the tests read it there too. A
 * test that needs the log replaces the `write` of this process's output streams until `end`.
 */
export type Line = Readonly<Record<string, unknown>>;

const streams = [process.stdout, process.stderr];

export class Log {
  readonly lines: Line[] = [];
  private readonly writes = streams.map((stream) => stream.write);

  constructor() {
    for (const stream of streams)
      stream.write = (text: string | Uint8Array) => {
        this.lines.push(...String(text).split("\n").filter(Boolean).map(parsed));
        return true;
      };
  }

  /** The tests' own output goes where it went before. */
  end(): void {
    for (const [index, stream] of streams.entries()) {
      const write = this.writes[index];
      if (write) stream.write = write;
    }
  }

  /** The warnings and errors, one text each. */
  complaints(): string[] {
    return this.lines
      .filter(({ level }) => level !== "INFO")
      .map(({ message, name = "", reason = "" }) => `${message} ${name} ${reason}`.trim());
  }
}

function parsed(line: string): Line {
  try {
    return JSON.parse(line) as Line;
  } catch {
    return { message: line };
  }
}
