/** Prints problems for people: one block per file, each problem with its path first. */
import type { Problem } from "../../lambdas/domain/documents/problem.ts";
import type { Io } from "./io.ts";

export function showProblems(file: string, problems: readonly Problem[], io: Io): void {
  io.out(`${problems.length === 0 ? io.style("green", "✓") : io.style("red", "✗")} ${file}`);
  for (const { path, code, message } of problems)
    io.out(`    ${path === "" ? "" : `${io.style("bold", path)}  `}${message} ${io.style("dim", `(${code})`)}`);
}

/** The same output on standard error, without color: it may not be a terminal. */
export function onErrors(io: Io): Io {
  return { ...io, out: io.err, style: (_, text) => text };
}
