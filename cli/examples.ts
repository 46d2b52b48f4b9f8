/** Validates and simulates every example: what a newcomer sees first. */
import { join } from "node:path";
import { simulate } from "../simulator/simulate.ts";
import { checkFiles } from "./check-files.ts";
import type { ExitCode, Io } from "./io.ts";
import { loadScenario } from "./load-scenario.ts";
import { Teller } from "./teller.ts";
import { showProblems } from "./validate.ts";

export interface Example {
  readonly folder: string;
  readonly journeys: readonly string[];
  readonly templates: readonly string[];
}

export async function showExamples(examples: readonly Example[], io: Io): Promise<ExitCode> {
  const totals = { entered: 0, messages: 0, goals: 0 };
  let broken = 0;
  for (const { folder, journeys, templates } of examples) {
    const problems = checkFiles([...journeys, ...templates], io).filter((file) => file.problems.length > 0);
    for (const { file, problems: found } of problems) showProblems(file, found, io);
    const loaded = loadScenario(join(folder, "scenario.json"), io);
    if (problems.length > 0 || "problems" in loaded) {
      if ("problems" in loaded) showProblems(loaded.file, loaded.problems, io);
      broken++;
      continue;
    }
    const { scenario } = loaded;
    const [first] = scenario.journeys ?? [];
    io.out(`\n${io.style("bold", `━━ ${String(first?.name ?? folder)}`)} ${io.style("dim", folder)}`);
    io.out(String(first?.description ?? ""));
    if (scenario.description) io.out(io.style("dim", scenario.description));
    const teller = new Teller(scenario, io);
    const result = await simulate(scenario, (line) => teller.tell(line));
    if ("problems" in result) {
      showProblems(folder, result.problems, io);
      broken++;
      continue;
    }
    teller.summarise(result.summary);
    for (const warning of result.warnings) io.out(`  ${io.style("dim", `Note: ${warning}`)}`);
    totals.entered += result.summary.entered;
    totals.messages += result.summary.messages;
    totals.goals += Object.values(result.summary.goals).reduce((sum, reached) => sum + reached, 0);
  }
  const { entered, messages, goals } = totals;
  io.out(
    `\n${examples.length} examples: ${entered} enrollments, ${messages} messages, ${goals} goals reached, ${broken} broken.`,
  );
  return broken === 0 ? 0 : 1;
}
