/**
 * Whether a component's values hold Liquid. Only templates are rendered: Liquid in `data` would reach the customer as it
 * is written.
 */
import { type Path, type Problem, pathText } from "../documents/problem.ts";
import { entries, members } from "../documents/unchecked-document.ts";

const LIQUID = /\{\{|\{%/;
const OUTPUT = /^\s*\{\{-?\s*((?:event|customer|enrollment)\.[\w.-]+)\s*-?\}\}\s*$/;

export function liquidInDataProblems(journey: unknown): Problem[] {
  return entries(members(journey).components).flatMap(([id, raw]) => {
    const { data, set } = members(raw);
    const at = (name: string): Path => ["components", id, name];
    const inSet = texts(set, at("set")).map((found) => ({ ...problem(found, "set"), severity: "warning" as const }));
    return [...texts(data, at("data")).map((found) => problem(found, "data")), ...inSet];
  });
}

interface Found {
  readonly path: Path;
  readonly text: string;
}

/** The texts in a value that hold Liquid, names of members included. The document has been found shallow before. */
function texts(value: unknown, path: Path): Found[] {
  if (typeof value === "string") return LIQUID.test(value) ? [{ path, text: value }] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => texts(item, [...path, index]));
  return entries(value).flatMap(([name, member]) => [
    ...(LIQUID.test(name) ? [{ path: [...path, name], text: name }] : []),
    ...texts(member, [...path, name]),
  ]);
}

function problem({ path, text }: Found, member: string): Problem {
  const read = OUTPUT.exec(text)?.[1];
  const instead = read
    ? `Write { "path": "${read}" } to read the value.`
    : `Write the Liquid in the template, or use { "path": "event.total" } to read a value.`;
  return {
    path: pathText(path),
    code: "liquid-in-data",
    message: `Liquid in ${member} is not rendered: customers would see ${JSON.stringify(text).slice(0, 60)}. ${instead}`,
  };
}
