/**
 * `journeys draw FILE|ID`: a picture of a journey, with `--customer` also one customer's path through it. A journey with
 * problems is drawn if its structure is valid.
 */

import { kindOf, unknownDocument } from "../../insight/documents/document-kind.ts";
import type { Overlay } from "../../insight/picture/diagram/diagram.ts";
import { mermaid } from "../../insight/picture/mermaid.ts";
import { svg } from "../../insight/picture/svg.ts";
import { checkJourney } from "../../lambdas/domain/checks/check-journey.ts";
import { namedTemplates } from "../../lambdas/domain/checks/check-references.ts";
import { check, type Problem } from "../../lambdas/domain/documents/problem.ts";
import { type Journey, MOST_COMPONENTS, journey as schema } from "../../lambdas/domain/journey/journey.ts";
import { onStack, stackOption } from "../deployed/on-stack.ts";
import { isThere, readDocument, writeText } from "../files/document.ts";
import type { CliCommand, Given } from "../terminal/command.ts";
import type { ExitCode, Io } from "../terminal/io.ts";
import { onErrors, showProblems } from "../terminal/show-problems.ts";

export const drawCommand: CliCommand = {
  usage: "draw <file-or-id>",
  summary: "draws a journey as Mermaid, or as SVG; with --customer, one customer's path through it",
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
  readonly problems: readonly Problem[];
  readonly overlay?: Overlay;
}

async function draw(given: Given, io: Io): Promise<ExitCode> {
  const [name = ""] = given.operands;
  const { journey, problems, overlay } = await lookUp(name, given, io);
  if (problems.length > 0) showProblems(name, problems, onErrors(io));
  if (!journey) return 1;
  const picture = given.options.svg === true ? svg(journey, overlay) : mermaid(journey, overlay);
  if (typeof given.options.output === "string") writeText(given.options.output, `${picture}\n`, io);
  else io.out(picture);
  return problems.length === 0 ? 0 : 1;
}

/** An id has neither a dot nor a slash. A file with the same name takes precedence. */
async function lookUp(name: string, given: Given, io: Io): Promise<Drawn> {
  const { customer, enrollment } = given.options;
  const isId = /^[a-z0-9][a-z0-9-]{0,62}$/.test(name) && !isThere(name, io);
  const read = isId ? undefined : readJourney(name, io);
  if (read && (customer === undefined || !read.journey)) return read;
  let found: Drawn = { problems: [] };
  await onStack(given, io, async (stack): Promise<ExitCode> => {
    const { customerOverlay } = await import("../draw/customer-overlay.ts");
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
  if ("problems" in document) return document;
  const { value } = document;
  const kind = kindOf(value);
  if (kind !== "journey") return { problems: [kind === "template" ? notAJourney : unknownDocument(value)] };
  // A picture does not depend on templates, so all templates that the journey names count as existing.
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
