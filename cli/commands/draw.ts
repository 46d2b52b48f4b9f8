/**
 * `journeys draw FILE|ID`: the journey as a picture, with `--customer` the way of one customer on it. A journey with
 * problems is still drawn, as far as its shape allows.
 */

import type { Marks } from "../../insight/picture/diagram/diagram.ts";
import { mermaid } from "../../insight/picture/mermaid.ts";
import { svg } from "../../insight/picture/svg.ts";
import { checkJourney } from "../../lambdas/domain/check-journey.ts";
import { namedTemplates } from "../../lambdas/domain/check-references.ts";
import { type Journey, MOST_COMPONENTS, journey as schema } from "../../lambdas/domain/journey.ts";
import { check, type Problem } from "../../lambdas/domain/problem.ts";
import { onStack, stackOption } from "../deployed/on-stack.ts";
import { isThere, kindOf, readDocument, unknownDocument, writeText } from "../files/document.ts";
import type { CliCommand, Given } from "../terminal/command.ts";
import type { ExitCode, Io } from "../terminal/io.ts";
import { onErrors, showProblems } from "../terminal/show-problems.ts";

export const drawCommand: CliCommand = {
  usage: "draw <file-or-id>",
  summary: "draws a journey as Mermaid, or as SVG; with --customer, one customer's way through it",
  options: [
    ["--svg", "draw SVG"],
    ["--output <file>", "write to this file"],
    ["--customer <id>", "mark where this customer has been, when and how they went on, and pale the rest"],
    ["--enrollment <id>", "of several passages of the customer, this one (default: the newest)"],
    stackOption,
  ],
  notes:
    "A file is drawn as it is, the id of a deployed journey as it is live. A customer's way is drawn on the version that\nthey came in with. A journey with problems is drawn as far as it can be; exit code 1, and the problems on standard error.",
  example: "journeys draw examples/abandoned-cart/journey.json --svg --output cart.svg",
  run: draw,
};

interface Drawn {
  readonly journey?: Journey;
  readonly problems: readonly Problem[];
  readonly marks?: Marks;
}

async function draw(given: Given, io: Io): Promise<ExitCode> {
  const [name = ""] = given.operands;
  const { journey, problems, marks } = await lookUp(name, given, io);
  if (problems.length > 0) showProblems(name, problems, onErrors(io));
  if (!journey) return 1;
  const picture = given.options.svg === true ? svg(journey, marks) : mermaid(journey, marks);
  if (typeof given.options.output === "string") writeText(given.options.output, `${picture}\n`, io);
  else io.out(picture);
  return problems.length === 0 ? 0 : 1;
}

/** An id has neither a dot nor a slash; a file of that name goes first. */
async function lookUp(name: string, given: Given, io: Io): Promise<Drawn> {
  const { customer, enrollment } = given.options;
  const isId = /^[a-z0-9][a-z0-9-]{0,62}$/.test(name) && !isThere(name, io);
  const read = isId ? undefined : readJourney(name, io);
  if (read && (customer === undefined || !read.journey)) return read;
  let found: Drawn = { problems: [] };
  await onStack(given, async (stack): Promise<ExitCode> => {
    const { onPicture } = await import("../draw/customer-overlay.ts");
    const who = typeof customer === "string" && {
      customerId: customer,
      ...(typeof enrollment === "string" && { enrollmentId: enrollment }),
    };
    found = {
      problems: read?.problems ?? [],
      ...(await onPicture(read?.journey?.id ?? name, who || undefined, stack)),
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
