/** `journeys simulate SCENARIO.json`: customers living through journeys, on a virtual clock. Sends nothing. */
import { simulate as run } from "../simulator/simulate.ts";
import type { ExitCode, Io } from "./io.ts";
import { loadScenario } from "./load-scenario.ts";
import { Teller } from "./teller.ts";
import { showProblems } from "./validate.ts";

export async function simulate(file: string, { json = false }: { json?: boolean }, io: Io): Promise<ExitCode> {
  const loaded = loadScenario(file, io);
  if ("problems" in loaded) return refuse(loaded.file, loaded.problems);
  const teller = new Teller(loaded.scenario, io);
  const result = await run(
    loaded.scenario,
    json ? (line) => io.out(JSON.stringify(line)) : (line) => teller.tell(line),
  );
  if ("problems" in result) return refuse(file, result.problems);
  if (json) io.out(JSON.stringify(result.summary));
  else teller.summarise(result.summary);
  for (const warning of result.warnings) io.err(`Note: ${warning}`);
  return 0;

  function refuse(file: string, problems: Parameters<typeof showProblems>[1]): ExitCode {
    if (json) io.out(JSON.stringify({ ok: false, problems: problems.map((problem) => ({ file, ...problem })) }));
    else showProblems(file, problems, io);
    return 1;
  }
}
