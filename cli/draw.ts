/** `journeys draw FILE`: the journey as a picture. A journey with problems is still drawn, as far as its shape allows. */
import { checkJourney } from "../lambdas/domain/check-journey.ts";
import { namedTemplates } from "../lambdas/domain/check-references.ts";
import { type Journey, MOST_COMPONENTS, journey as schema } from "../lambdas/domain/journey.ts";
import { check, type Problem } from "../lambdas/domain/problem.ts";
import type { CliCommand } from "./command.ts";
import { kindOf, readDocument, unknownDocument, writeText } from "./document.ts";
import { mermaid } from "./draw/mermaid.ts";
import { svg } from "./draw/svg.ts";
import type { ExitCode, Io } from "./io.ts";
import { onErrors, showProblems } from "./show-problems.ts";

export const drawCommand: CliCommand = {
  usage: "draw <file>",
  summary: "draws a journey as Mermaid, or as SVG",
  options: [
    ["--svg", "draw SVG"],
    ["--output <file>", "write to this file"],
  ],
  notes: "A journey with problems is drawn as far as it can be; exit code 1, and the problems on standard error.",
  example: "journeys draw examples/abandoned-cart/journey.json --svg --output cart.svg",
  run: ({ operands: [file = ""], options: { svg, output } }, io) =>
    draw(file, { svg: svg === true, ...(typeof output === "string" && { output }) }, io),
};

export function draw(file: string, options: { svg?: boolean; output?: string }, io: Io): ExitCode {
  const { journey, problems } = read(file, io);
  if (problems.length > 0) showProblems(file, problems, onErrors(io));
  if (!journey) return 1;
  const picture = options.svg ? svg(journey) : mermaid(journey);
  if (options.output === undefined) io.out(picture);
  else writeText(options.output, `${picture}\n`, io);
  return problems.length === 0 ? 0 : 1;
}

function read(file: string, io: Io): { journey?: Journey; problems: readonly Problem[] } {
  const document = readDocument(file, io);
  if ("problems" in document) return document;
  const { value } = document;
  const kind = kindOf(value);
  if (kind !== "journey") return { problems: [kind === "template" ? notAJourney : unknownDocument(value)] };
  // Which templates exist does not matter to a picture.
  const checked = checkJourney(value, new Set(namedTemplates(value)));
  if ("value" in checked) return { journey: checked.value, problems: [] };
  const { problems } = checked;
  if (problems.some(({ code }) => code === "too-deep")) return { problems };
  const shape = check(schema, value);
  const canBeDrawn = "value" in shape && Object.keys(shape.value.components).length <= MOST_COMPONENTS;
  return { ...(canBeDrawn && { journey: shape.value }), problems };
}

const notAJourney: Problem = {
  path: "",
  code: "not-a-journey",
  message: "This is a template. Only journeys can be drawn.",
};
