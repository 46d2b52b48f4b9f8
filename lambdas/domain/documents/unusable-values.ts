/**
 * Values that JSON text can hold and the database or other programs cannot: a number such as `1e400`, which parsers read
 * as infinite, and half of a surrogate pair, which is no character. An event is repaired or refused before anything of
 * it is stored; a document is refused.
 */
import type { Json } from "../values/json.ts";
import { type Path, type Problem, pathText } from "./problem.ts";
import { items } from "./unchecked-document.ts";

/** DynamoDB stores a number from 1e-130 to 9.99…e125, or zero. */
export function isStorable(value: number): boolean {
  const size = Math.abs(value);
  return size === 0 || (size >= 1e-130 && size < 1e126);
}

/** A problem for each number that `isUsable` refuses. The value must not be nested deeply. */
export function numberProblems(value: unknown, isUsable: (value: number) => boolean, path: Path = []): Problem[] {
  if (typeof value === "number") return isUsable(value) ? [] : [badNumber(path)];
  return inside(value, path, (member, at) => numberProblems(member, isUsable, at));
}

/** A problem for each text and each name with half of a surrogate pair. */
export function textProblems(value: unknown, path: Path = []): Problem[] {
  if (typeof value === "string") return value.isWellFormed() ? [] : [badText(path)];
  return inside(value, path, (member, at) => {
    const name = at.at(-1);
    return typeof name === "string" && !name.isWellFormed() ? [badText(path)] : textProblems(member, at);
  });
}

function inside(value: unknown, path: Path, problems: (member: unknown, at: Path) => Problem[]): Problem[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return items(value).flatMap(([index, item]) => problems(item, [...path, index]));
  return Object.entries(value).flatMap(([name, member]) => problems(member, [...path, name]));
}

const badNumber = (path: Path): Problem => ({
  path: pathText(path),
  code: "bad-number",
  message: "This number is too large or too small to be stored. Write it as a text, in quotes.",
});

const badText = (path: Path): Problem => ({
  path: pathText(path),
  code: "bad-text",
  message: "This text holds half of a character (a surrogate without its other half). Write the whole character.",
});

/** The same value with U+FFFD in the place of each lone surrogate. Returns the same object if there is none. */
export function repaired(value: Json): Json {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(repaired);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  const members = Object.entries(value);
  const mended = members.map(([name, member]) => [name.toWellFormed(), repaired(member)] as const);
  const isSame = mended.every(
    ([name, member], index) => name === members[index]?.[0] && member === members[index]?.[1],
  );
  return isSame ? value : (Object.fromEntries(mended) as Json);
}
