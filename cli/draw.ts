/** `journeys draw FILE`: the journey as a picture. A journey with problems is still drawn, as far as its shape allows. */
import { checkJourney } from "../lambdas/domain/check-journey.ts";
import { namedTemplates } from "../lambdas/domain/check-references.ts";
import { journey as schema } from "../lambdas/domain/journey.ts";
import { check } from "../lambdas/domain/problem.ts";
import { kindOf, readDocument, unknownDocument } from "./document.ts";
import { mermaid } from "./draw/mermaid.ts";
import { svg } from "./draw/svg.ts";
import type { ExitCode, Io } from "./io.ts";
import { showProblems } from "./validate.ts";

export function draw(file: string, options: { svg?: boolean; output?: string }, io: Io): ExitCode {
  const toErrors: Io = { ...io, out: io.err };
  const read = readDocument(file, io);
  if ("problems" in read) return refuse(read.problems);
  if (kindOf(read.value) !== "journey") return refuse([unknownDocument(read.value)]);
  // Which templates exist does not matter to a picture.
  const checked = checkJourney(read.value, new Set(namedTemplates(read.value)));
  const shape = check(schema, read.value);
  if ("problems" in checked) showProblems(file, checked.problems, toErrors);
  if ("problems" in shape) return 1;
  const picture = options.svg ? svg(shape.value) : mermaid(shape.value);
  if (options.output === undefined) io.out(picture);
  else io.write(options.output, `${picture}\n`);
  return "problems" in checked ? 1 : 0;

  function refuse(problems: Parameters<typeof showProblems>[1]): ExitCode {
    showProblems(file, problems, toErrors);
    return 1;
  }
}
