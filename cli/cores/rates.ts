/**
 * The rates of reports, which the policy `rates` needs before the first customer is replayed. So the command reads all
 * lines twice. A stack is read once: a temporary file keeps its lines for the second reading.
 */
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addRates, type Policy, type Rates } from "../../proof/replay/reports.ts";
import { fileLines } from "../files/file-lines.ts";
import type { Line } from "../replay/line.ts";
import type { Source } from "../replay/sources.ts";
import { onCores } from "./cores.ts";

export async function withRates<T>(
  source: Source,
  { policy, cores }: { readonly policy: Policy; readonly cores: number },
  use: (source: Source, rates: Rates) => Promise<T>,
): Promise<T> {
  if (policy !== "rates") return use(source, {});
  if (!source.isRemote) return use(source, await ratesOf(source.customers(), cores));
  // Only this user may read the folder.
  const folder = await mkdtemp(join(tmpdir(), "journeys-past-"));
  try {
    const file = join(folder, "past.jsonl");
    const rates = await ratesOf(kept(source.customers(), file), cores);
    return await use({ ...source, isRemote: false, customers: () => keptIn(file) }, rates);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function ratesOf(lines: AsyncIterable<Line>, cores: number): Promise<Rates> {
  const sum: Rates = {};
  for await (const rates of onCores(lines, { kind: "rates", setup: undefined }, cores)) addRates(sum, rates);
  return sum;
}

/** Passes the lines on, and writes them to a file. */
async function* kept(lines: AsyncIterable<Line>, path: string): AsyncGenerator<Line> {
  const file = await open(path, "wx", 0o600);
  try {
    for await (const line of lines) {
      await file.write(`${line.text}\n`);
      yield line;
    }
  } finally {
    await file.close();
  }
}

async function* keptIn(path: string): AsyncGenerator<Line> {
  let number = 1;
  for await (const text of fileLines(path)) {
    number++;
    yield { number, text };
  }
}
