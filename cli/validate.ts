/** `journeys validate FILE…`: what is wrong with documents, before anybody saves them. */
import type { Problem } from "../lambdas/domain/problem.ts";
import { checkFiles } from "./check-files.ts";
import type { ExitCode, Io } from "./io.ts";

export function validate(files: readonly string[], { json = false }: { json?: boolean }, io: Io): ExitCode {
  const checked = checkFiles(files, io);
  const problems = checked.flatMap((file) => file.problems);
  const ok = problems.length === 0;
  if (json) io.out(JSON.stringify({ ok, problems }));
  else {
    for (const { file, problems } of checked) showProblems(file, problems, io);
    const files = `${checked.length} file${checked.length === 1 ? "" : "s"}`;
    io.out(ok ? `${files}, no problems.` : `${files}, ${problems.length} problem${problems.length === 1 ? "" : "s"}.`);
  }
  return ok ? 0 : 1;
}

export function showProblems(file: string, problems: readonly Problem[], io: Io): void {
  io.out(`${problems.length === 0 ? io.style("green", "✓") : io.style("red", "✗")} ${file}`);
  for (const { path, code, message } of problems)
    io.out(`    ${path === "" ? "" : `${io.style("bold", path)}  `}${message} ${io.style("dim", `(${code})`)}`);
}
