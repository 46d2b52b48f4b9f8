/** Prints problems for people: one block per file, each problem with its path first. */
import type { PlacedProblem } from "../../insight/documents/places.ts";
import { isError } from "../../lambdas/domain/documents/problem.ts";
import type { ExitCode, Io } from "./io.ts";

export function showProblems(file: string, problems: readonly PlacedProblem[], io: Io): void {
  io.out(`${problems.some(isError) ? io.style("red", "✗") : io.style("green", "✓")} ${file}`);
  for (const problem of problems) {
    const { path, code, message, line, column } = problem;
    const place = line === undefined ? "" : `${io.style("dim", `${line}:${column}`)}  `;
    const where = path === "" ? "" : `${io.style("bold", path)}  `;
    const mark = isError(problem) ? "" : `${io.style("yellow", "warning")}  `;
    io.out(`    ${place}${mark}${where}${message} ${io.style("dim", `(${code})`)}`);
  }
}

type FileProblem = PlacedProblem & { readonly file: string };

/** The problems of several files, by file. */
export function showFileProblems(problems: readonly FileProblem[], io: Io): void {
  for (const [file, found] of Map.groupBy(problems, (problem) => problem.file)) showProblems(file, found, io);
}

/** Ends a command, because files have problems. */
export function refuse(problems: readonly FileProblem[], json: boolean, io: Io): ExitCode {
  if (json) io.out(JSON.stringify({ ok: false, problems }));
  else showFileProblems(problems, io);
  return 1;
}

/** The same output on standard error, without color, because standard error may not be a terminal. */
export function onErrors(io: Io): Io {
  return { ...io, out: io.err, style: (_, text) => text };
}
