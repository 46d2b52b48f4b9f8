/**
 * `journeys draw FILE|ID`: a picture of a journey, with `--customer` also one customer's path through it. A journey with
 * problems is drawn as far as it can be read.
 */

import { kindOf, unknownDocument } from "../../../insight/documents/document-kind.ts";
import { foreignForm } from "../../../insight/documents/foreign-forms.ts";
import { type PlacedProblem, placed } from "../../../insight/documents/places.ts";
import type { BrokenComponent, Overlay } from "../../../insight/picture/diagram/diagram.ts";
import { mermaid } from "../../../insight/picture/mermaid.ts";
import { sketchOf } from "../../../insight/picture/sketch.ts";
import { svg } from "../../../insight/picture/svg.ts";
import { checkJourney } from "../../../lambdas/domain/checks/check-journey.ts";
import { namedTemplates } from "../../../lambdas/domain/checks/check-references.ts";
import type { Problem } from "../../../lambdas/domain/documents/problem.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { isThere, readDocument, writeText } from "../../files/document.ts";
import type { CliCommand, Given } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { onStack, stackOption } from "../../terminal/on-stack.ts";
import { onErrors, showProblems } from "../../terminal/show-problems.ts";

export const drawCommand: CliCommand = {
  options: [
    ["--svg", "draw SVG"],
    ["--output <file>", "write to this file"],
    ["--customer <id>", "show the path of this customer with times and outcomes, and the rest pale"],
    ["--enrollment <id>", "which enrollment of the customer (default: the newest)"],
    stackOption,
  ],
  notes:
    "FILE-OR-ID is a file, or the id of a deployed journey, whose live version is drawn. A customer's path is drawn on the\nversion that the customer entered with. A journey with problems is drawn if possible: then the exit code is 1, and the\nproblems are on standard error.",
  example: "journeys draw examples/abandoned-cart/journey.json --svg --output cart.svg",
  run: draw,
};

interface Drawn {
  readonly journey?: Journey;
  /** Components that are not valid, and drawn as far as they can be read. */
  readonly broken?: readonly BrokenComponent[];
  readonly problems: readonly PlacedProblem[];
  readonly overlay?: Overlay;
}

async function draw(given: Given, io: Io): Promise<ExitCode> {
  const [name = ""] = given.operands;
  const { journey, broken, problems, overlay } = await lookUp(name, given, io);
  const json = given.options.json === true;
  const ok = problems.length === 0;
  if (!ok && !json) showProblems(name, problems, onErrors(io));
  const named = problems.map((problem) => ({ file: name, ...problem }));
  if (!journey) {
    if (json) io.out(JSON.stringify({ ok, problems: named }));
    return 1;
  }
  const picture = given.options.svg === true ? svg(journey, overlay, broken) : mermaid(journey, overlay, broken);
  if (typeof given.options.output === "string") writeText(given.options.output, `${picture}\n`, io);
  else if (!json) io.out(picture);
  if (json) io.out(JSON.stringify({ ok, problems: named, ...(given.options.output === undefined && { picture }) }));
  return ok ? 0 : 1;
}

/** An id has neither a dot nor a slash. A file with the same name takes precedence. */
async function lookUp(name: string, given: Given, io: Io): Promise<Drawn> {
  const { customer, enrollment } = given.options;
  const isId = /^[a-z0-9][a-z0-9-]{0,62}$/.test(name) && !isThere(name, io);
  const read = isId ? undefined : readJourney(name, io);
  if (read && (customer === undefined || !read.journey)) return read;
  let found: Drawn = { problems: [] };
  await onStack(given, io, async (stack): Promise<ExitCode> => {
    const { customerOverlay } = await import("../../draw/customer-overlay.ts");
    const wanted = typeof customer === "string" && {
      customerId: customer,
      ...(typeof enrollment === "string" && { enrollmentId: enrollment }),
    };
    found = {
      problems: read?.problems ?? [],
      ...(await customerOverlay(read?.journey?.id ?? name, wanted || undefined, stack)),
    };
    return 0;
  });
  return found;
}

function readJourney(file: string, io: Io): Drawn {
  const document = readDocument(file, io);
  const { value, text } = document;
  if ("problems" in document) return { ...sketchOf(value), problems: document.problems };
  const kind = kindOf(value);
  const foreign = foreignForm(value);
  if (foreign || kind !== "journey")
    return { problems: placed([foreign ?? (kind === "template" ? notAJourney : unknownDocument(value))], text) };
  // A picture does not depend on templates, so all templates that the journey names count as existing.
  const checked = checkJourney(value, new Set(namedTemplates(value)));
  if (!("problems" in checked)) return { journey: checked.value, problems: [] };
  const problems = placed(checked.problems, text);
  return problems.some(({ code }) => code === "too-deep") ? { problems } : { ...sketchOf(value), problems };
}

const notAJourney: Problem = {
  path: "",
  code: "not-a-journey",
  message: "This is a template. Only journeys can be drawn.",
};
