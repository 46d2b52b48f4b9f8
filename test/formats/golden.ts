/**
 * Reads the file of formats. It has sections of lines `name = JSON`, one fact a line. A value with members has one line
 * for each member, so that a change of one member shows as a change of one line.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export type Facts = ReadonlyMap<string, string>;

export interface Line {
  readonly number: number;
  readonly json: string;
}

const FILE = "formats.txt";
const isWord = /^[\w$-]+$/;

/** The lines of a value. A name that is no plain word is written in brackets: `times["topics.news"]`. */
export function linesOf(name: string, value: unknown): [string, string][] {
  if (typeof value === "object" && value !== null && Object.keys(value).length > 0)
    return Array.isArray(value)
      ? value.flatMap((item, index) => linesOf(`${name}[${index}]`, item))
      : Object.keys(value)
          .sort()
          .flatMap((member) =>
            linesOf(
              isWord.test(member) ? `${name}.${member}` : `${name}[${JSON.stringify(member)}]`,
              (value as Record<string, unknown>)[member],
            ),
          );
  return [[name, JSON.stringify(value)]];
}

/** The sections of the file by title. A section begins with the line `== Title`; lines with `#` are comments. */
export const golden: ReadonlyMap<string, ReadonlyMap<string, Line>> = read();

function read(): Map<string, Map<string, Line>> {
  const sections = new Map<string, Map<string, Line>>();
  let section = new Map<string, Line>();
  for (const [index, line] of readFileSync(join(import.meta.dirname, FILE), "utf8")
    .split("\n")
    .entries()) {
    const [, title] = /^== (.*)$/.exec(line) ?? [];
    if (title !== undefined) {
      section = new Map();
      sections.set(title, section);
    } else if (line !== "" && !line.startsWith("#")) {
      const [, name = "", json = ""] = /^(.*?) = (.*)$/.exec(line) ?? [];
      if (json === "" || section.has(name)) throw new Error(`${FILE}:${index + 1} is no fact, or one twice: ${line}`);
      section.set(name, { number: index + 1, json });
    }
  }
  return sections;
}

/**
 * Describes how a section differs from the file; `undefined` if it does not. If the life broke off, not every line was
 * written: then only the written lines are compared.
 */
export function difference(title: string, written: Facts, brokenOff: boolean): string | undefined {
  const kept = golden.get(title) ?? new Map<string, Line>();
  const names = brokenOff ? [...written.keys()] : [...new Set([...kept.keys(), ...written.keys()])];
  const differing = names.filter((name) => kept.get(name)?.json !== written.get(name));
  if (differing.length === 0) return undefined;
  const places = differing.map((name) => {
    const [line, now] = [kept.get(name), written.get(name)];
    const place = line ? `${FILE}:${line.number}` : `${FILE}, a new line under "== ${title}"`;
    return [
      `${place}  ${name}`,
      `  the file says:   ${line?.json ?? "nothing"}`,
      `  the code writes: ${now ?? "nothing"}`,
      now === undefined ? "  the new line:    none" : `  the new line:    ${name} = ${now}`,
    ].join("\n");
  });
  return [
    `${differing.length} of the formats under "${title}" ${differing.length === 1 ? "has" : "have"} changed.`,
    ...places,
    "Other code, another release, a mail that was sent or an app reads what has this format.",
    "Changing a line is a decision: say in the commit how what is already stored is read on.",
  ].join("\n\n");
}

/** Builds a value from the lines of the file that begin with its name. Short names of ids are replaced by the ids. */
export function stored<T = Record<string, unknown>>(title: string, name: string): T {
  const root: Record<string, unknown> = {};
  const ids = [...(golden.get("Ids") ?? [])].map(([id, { json }]) => [`$${id}`, JSON.parse(json) as string] as const);
  // Replace the longer name first: `$cartAfterErasure` begins with `$cart`.
  ids.sort(([a], [b]) => b.length - a.length);
  const lines = [...(golden.get(title) ?? [])].filter(([line]) => pathOf(line)[0] === name);
  if (lines.length === 0) throw new Error(`${FILE} has no ${name} under "== ${title}".`);
  for (const [line, { json }] of lines) {
    const path = pathOf(line);
    let at: Record<string | number, unknown> = root;
    for (const [index, step] of path.slice(0, -1).entries()) {
      at[step] ??= typeof path[index + 1] === "number" ? [] : {};
      at = at[step] as Record<string, unknown>;
    }
    at[path.at(-1) ?? ""] = JSON.parse(ids.reduce((full, [short, id]) => full.replaceAll(short, id), json));
  }
  return root[name] as T;
}

function pathOf(name: string): (string | number)[] {
  return [...name.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[]+)/g)].map(([, index, quoted, word]) =>
    index !== undefined ? Number(index) : quoted !== undefined ? (JSON.parse(quoted) as string) : (word ?? ""),
  );
}
