/**
 * What a core does with the lines of an archive. Each task has a setup, which every core gets once, and an outcome for
 * each batch of lines.
 */

import type { Problem } from "../../lambdas/domain/documents/problem.ts";
import type { Rates } from "../../proof/replay/reports.ts";
import type { Forecasted, ForecastSetup } from "../forecast/forecaster.ts";
import type { Outcome, Setup } from "../replay/comparer.ts";
import type { Line } from "../replay/line.ts";

interface Tasks {
  replay: { readonly setup: Setup; readonly outcome: Outcome };
  forecast: { readonly setup: ForecastSetup; readonly outcome: Forecasted };
  rates: { readonly setup: undefined; readonly outcome: Rates };
}

export type TaskKind = keyof Tasks;
export type OutcomeOf<K extends TaskKind> = Tasks[K]["outcome"];

export interface Task<K extends TaskKind> {
  readonly kind: K;
  readonly setup: Tasks[K]["setup"];
}

export type Work<O> = (lines: readonly Line[]) => Promise<O>;

/** The command has checked the documents before. */
const works: { readonly [K in TaskKind]: (setup: Tasks[K]["setup"]) => Promise<Work<OutcomeOf<K>>> } = {
  replay: async (setup) => {
    const { Comparer } = await import("../replay/comparer.ts");
    const comparer = ready(await Comparer.of(setup));
    return (lines) => comparer.compare(lines);
  },
  forecast: async (setup) => {
    const { Forecaster } = await import("../forecast/forecaster.ts");
    const forecaster = ready(await Forecaster.of(setup));
    return (lines) => forecaster.forecast(lines);
  },
  rates: async () => {
    const { ratesIn } = await import("../replay/policy.ts");
    return async (lines) => ratesIn(lines);
  },
};

export async function workOf<K extends TaskKind>({ kind, setup }: Task<K>): Promise<Work<OutcomeOf<K>>> {
  return works[kind](setup);
}

function ready<T extends object>(made: T | Refused): T {
  if (isRefused(made)) throw new Error(JSON.stringify(made.problems));
  return made;
}

interface Refused {
  readonly problems: readonly Problem[];
}

const isRefused = (made: object): made is Refused => "problems" in made;
