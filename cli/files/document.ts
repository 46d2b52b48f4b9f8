/** Documents in files: a file that cannot be read is wrong usage, one that holds something else has a problem. */

import { parseJson, type Read } from "../../insight/documents/json-text.ts";
import { didYouMean, type Problem } from "../../lambdas/domain/problem.ts";
import { type Io, UsageError } from "../terminal/io.ts";

export function readDocument(path: string, io: Io): Read {
  return parseJson(readText(path, io).replace(/^\uFEFF/, ""));
}

/** Whether something of this name can be opened. */
export function isThere(path: string, io: Io): boolean {
  try {
    io.read(path);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ENOENT";
  }
}

function readText(path: string, io: Io): string {
  try {
    return io.read(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new UsageError(`There is no file ${path}. Check the name and the folder you are in.`);
    if (code === "EISDIR") throw new UsageError(`${path} is a folder. Name the files in it, such as ${path}/*.json.`);
    throw new UsageError(`${path} cannot be read (${code ?? (error as Error).message}). Check who may read it.`);
  }
}

export function writeText(path: string, text: string, io: Io): void {
  try {
    io.write(path, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${path} cannot be written (${code ?? (error as Error).message}). Name another file.`);
  }
}

export type Kind = "journey" | "template";

const tellTale: Record<Kind, readonly string[]> = {
  journey: ["trigger", "components", "start"],
  template: ["channel", "subject", "html", "text"],
};

/** What a document is, by what only its kind has. */
export function kindOf(value: unknown): Kind | undefined {
  const members = membersOf(value);
  const has = (kind: Kind) => tellTale[kind].filter((member) => members.includes(member)).length;
  const [journey, template] = [has("journey"), has("template")];
  if (journey === 0 && template === 0) return undefined;
  return journey >= template ? "journey" : "template";
}

function membersOf(value: unknown): string[] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}

export function unknownDocument(value: unknown): Problem {
  const members = membersOf(value);
  const hint = members
    .map((member) => didYouMean(member, [...tellTale.journey, ...tellTale.template]))
    .find((hint) => hint.includes("Did"));
  const message = "This is neither a journey (it has no trigger and no components) nor a template (it has no channel).";
  return { path: "", code: "unknown-document", message: `${message}${lookalike(members) ?? hint ?? ""}` };
}

/** What else lies beside journeys and templates. */
function lookalike(members: readonly string[]): string | undefined {
  if (members.includes("$defs")) return " It looks like a JSON Schema, which is for editors.";
  if (members.includes("journeys") || members.includes("events"))
    return " It looks like a scenario: run it with journeys simulate.";
  return undefined;
}
