/**
 * The name `__proto__`. JSON can hold this name, but parsers drop the member or make it a prototype, so a document
 * would go live without a part that its author wrote. A document with this name anywhere is refused. An event with this
 * name is accepted, because apps may send any names; in an event the name is an ordinary member.
 */
import { type Path, type Problem, pathText } from "./problem.ts";

const RESERVED = "__proto__";

interface Place {
  readonly value: unknown;
  readonly name: string | number;
  readonly above?: Place;
}

/** This function does not recurse, because the document may be nested very deeply. */
export function reservedNames(document: unknown): Problem[] {
  const problems: Problem[] = [];
  const open: Place[] = [{ value: document, name: "" }];
  for (let place = open.pop(); place; place = open.pop()) {
    const { value } = place;
    if (typeof value !== "object" || value === null) continue;
    const isList = Array.isArray(value);
    for (const [key, member] of Object.entries(value)) {
      const inner = { value: member, name: isList ? Number(key) : key, above: place };
      if (key === RESERVED && !isList) problems.push(reserved(inner));
      else open.push(inner);
    }
  }
  return problems;
}

function reserved(place: Place): Problem {
  const path: (string | number)[] = [];
  for (let at = place; at.above; at = at.above) path.push(at.name);
  const message = `No name in a document can be "${RESERVED}": JavaScript keeps it for itself. Name it otherwise.`;
  return { path: pathText(path.reverse() as Path), code: "bad-name", message };
}
