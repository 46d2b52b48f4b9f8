/**
 * Loaded before the app in the app's process, which bundles the functions. When the app ends, this module writes the
 * report of esbuild about the bundles, so that no test bundles the functions again.
 */
import { writeFileSync } from "node:fs";
import type { FunctionName } from "../../../lambdas/adapters/environment.ts";
import { type Bundle, bundles } from "../../../lib/functions/bundle.ts";

export type Report = Readonly<Record<FunctionName, Pick<Bundle, "loaded" | "inputs">>>;

/** The environment variable with the path of the report. */
export const REPORT = "BUNDLES_REPORT";

const path = process.env[REPORT];
if (path !== undefined)
  process.on("exit", () => {
    const told = [...bundles()].map(([name, { loaded, inputs }]) => [name, { loaded, inputs }] as const);
    writeFileSync(path, JSON.stringify(Object.fromEntries(told)));
  });
