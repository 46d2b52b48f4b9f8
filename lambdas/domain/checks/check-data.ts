/**
 * Whether a component's values hold Liquid, or the name of a field in place of its value. Only templates are rendered:
 * Liquid in `data` would reach the customer as it is written, and so would the text "customer.firstName".
 */
import { type Path, type Problem, pathText } from "../documents/problem.ts";
import { entries, members } from "../documents/unchecked-document.ts";

/** A text that is exactly a path into the event or the customer. */
export const LIKE_PATH = /^(?:event|customer|enrollment\.event)\.[A-Za-z_][\w.]{0,99}$/;
const LIQUID = /\{\{|\{%/;
const OUTPUT = /^\s*\{\{-?\s*((?:event|customer|enrollment)\.[\w.-]+)\s*-?\}\}\s*$/;

export function liquidInDataProblems(journey: unknown): Problem[] {
  return entries(members(journey).components).flatMap(([id, raw]) => {
    const { data, set } = members(raw);
    const at = (name: string): Path => ["components", id, name];
    const inSet = texts(set, at("set")).map((found) => ({ ...problem(found, "set"), severity: "warning" as const }));
    return [
      ...texts(data, at("data")).map((found) => problem(found, "data")),
      ...inSet,
      ...namedFields(data, at("data")),
      ...namedFields(set, at("set")),
    ];
  });
}

interface Found {
  readonly path: Path;
  readonly text: string;
}

/**
 * The texts in a value that hold Liquid, names of members included. An earlier check has ensured that the document is
 * not nested too deeply.
 */
function texts(value: unknown, path: Path): Found[] {
  if (typeof value === "string") return LIQUID.test(value) ? [{ path, text: value }] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => texts(item, [...path, index]));
  return entries(value).flatMap(([name, member]) => [
    ...(LIQUID.test(name) ? [{ path: [...path, name], text: name }] : []),
    ...texts(member, [...path, name]),
  ]);
}

function namedFields(values: unknown, path: Path): Problem[] {
  return entries(values).flatMap(([name, value]) =>
    typeof value === "string" && LIKE_PATH.test(value) ? [textLikePath([...path, name], value)] : [],
  );
}

export function textLikePath(path: Path, text: string): Problem {
  const message = `This is the text "${text}", not the value of that field. To read the value, write { "path": "${text}" }.`;
  return { path: pathText(path), code: "text-like-path", message, severity: "warning" };
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
