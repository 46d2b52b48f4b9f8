/** Prints which parts of the journeys no test reaches, and draws them pale on a picture. */
import { endOf, type Overlay, TRIGGER } from "../../insight/picture/diagram/diagram.ts";
import { svg } from "../../insight/picture/svg.ts";
import { outlets } from "../../lambdas/domain/journey/outlets.ts";
import type { JourneyCoverage } from "../../proof/coverage/coverage.ts";
import { keyOf, type Part, partKinds } from "../../proof/coverage/parts.ts";
import type { Io } from "../terminal/io.ts";

const nouns: Readonly<Record<Part["kind"], string>> = {
  component: "components",
  outlet: "outlets",
  exit: "exit rules",
  goal: "goals",
  refusal: "refusals",
};

const texts: Readonly<Record<Part["kind"], (part: Part) => string>> = {
  component: ({ id }) => `component ${id}`,
  outlet: ({ id, outcome }) => `outlet ${outcome} of ${id}`,
  exit: ({ id }) => `exit rule ${id}`,
  goal: ({ id }) => `goal ${id}`,
  refusal: ({ id }) => `refusal ${id}`,
};

export function showCoverage(coverage: readonly JourneyCoverage[], io: Io): void {
  io.out("");
  for (const { journeyId, reached, unreached } of coverage) {
    const shares = partKinds.flatMap((kind) => {
      const [here, missing] = [reached, unreached].map((parts) => parts.filter((part) => part.kind === kind).length);
      const all = (here ?? 0) + (missing ?? 0);
      return all === 0 ? [] : [`${here} of ${all} ${nouns[kind]}`];
    });
    io.out(`${io.style("bold", journeyId)}: the tests reach ${shares.join(", ")}.`);
    for (const part of unreached) io.out(`    ${io.style("yellow", "not reached")}  ${texts[part.kind](part)}`);
  }
}

/** The picture of a journey, on which the parts that no test reaches are pale. */
export function coveragePicture({ journey, reached, unreached }: JourneyCoverage): string {
  return svg(journey, overlayOf(journey.components, reached, unreached));
}

function overlayOf(
  components: JourneyCoverage["journey"]["components"],
  reached: readonly Part[],
  unreached: readonly Part[],
): Overlay {
  const keys = new Set(reached.map(keyOf));
  const boxes = new Set<string>([TRIGGER]);
  for (const { kind, id } of reached)
    if (kind === "component") boxes.add(id);
    else if (kind === "exit" || kind === "goal") boxes.add(`~${kind} ${id}`);
  for (const [id, component] of Object.entries(components))
    for (const [index, { outcome }] of outlets(component).entries())
      if (keys.has(keyOf({ kind: "outlet", id, outcome }))) boxes.add(endOf(id, index));
  const refusals = unreached.filter(({ kind }) => kind === "refusal").map(({ id }) => `no test: ${id}`);
  return {
    at: (boxId) => (boxId === TRIGGER ? refusals : boxes.has(boxId) ? [] : undefined),
    isTaken: ({ from, outcome }) => outcome === undefined || keys.has(keyOf({ kind: "outlet", id: from, outcome })),
  };
}
