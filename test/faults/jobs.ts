/** The work of `npm run faults`, in pieces that the workers take one by one. */
import { type Fuzzed, fuzz } from "../fuzz/fuzz.ts";
import { fuzzNames } from "../fuzz/names.ts";
import { fuzzTemplates } from "../fuzz/templates.ts";
import { type LivedThrough, liveThrough } from "./live.ts";
import { examples, type Swept, sweep } from "./sweep.ts";

export type Job =
  | { readonly kind: "schedules" | "migrations"; readonly seed: number; readonly count: number }
  | { readonly kind: "sweep"; readonly example: string }
  | { readonly kind: "fuzz" | "templates" | "names"; readonly seed: number; readonly count: number };

export type Outcome =
  | ({ readonly kind: "schedules" } & LivedThrough)
  | ({ readonly kind: "sweep" } & Swept)
  | ({ readonly kind: "fuzz" } & Fuzzed);

/** For one message. `npm test` does not measure it, because time depends on the machine. */
const MOST_SECONDS = 1;

const PIECE = { schedules: 500, migrations: 500, fuzz: 2_000, templates: 1_000, names: 2_000 };

/** Each piece has its own seed, so the nth piece of a run does not depend on the other pieces. */
export function jobsOf(seed: number, schedules: number, documents: number): Job[] {
  const pieces = (kind: keyof typeof PIECE, whole: number) =>
    Array.from({ length: Math.ceil(whole / PIECE[kind]) }, (_, index) => ({
      kind,
      seed: seed * 100_000 + index,
      count: Math.min(PIECE[kind], whole - index * PIECE[kind]),
    }));
  const swept = examples().map((example) => ({ kind: "sweep" as const, example }));
  const fuzzed = (["fuzz", "templates", "names"] as const).flatMap((kind) => pieces(kind, documents));
  return [...swept, ...fuzzed, ...pieces("schedules", schedules), ...pieces("migrations", schedules)];
}

export async function work(job: Job): Promise<Outcome> {
  switch (job.kind) {
    case "schedules":
    case "migrations":
      return { kind: "schedules", ...(await liveThrough(job.seed, job.count, { of: job.kind })) };
    case "sweep":
      return { kind: "sweep", ...(await sweep(job.example)) };
    case "fuzz":
      return { kind: "fuzz", ...(await fuzz(job.seed, job.count)) };
    case "templates":
      return { kind: "fuzz", ...fuzzTemplates(job.seed, job.count, MOST_SECONDS) };
    case "names":
      return { kind: "fuzz", ...(await fuzzNames(job.seed, job.count)) };
  }
}
