/** Reading JSON documents: a file that cannot be read is wrong usage, one that is not JSON has a problem. */
import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import { didYouMean, type Problem } from "../lambdas/domain/problem.ts";
import { type Io, UsageError } from "./io.ts";

export type Read = { readonly value: unknown } | { readonly problems: readonly Problem[] };

export function readDocument(path: string, io: Io): Read {
  const text = readText(path, io);
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { problems: [{ path: "", code: "invalid-json", message: whereBroken(text) }] };
  }
}

function readText(path: string, io: Io): string {
  try {
    return io.read(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new UsageError(`There is no file ${path}. Check the name and the folder you are in.`);
    if (code === "EISDIR") throw new UsageError(`${path} is a folder. Name the files in it, such as ${path}/*.json.`);
    throw new UsageError(`${path} cannot be read (${code ?? (error as Error).message}).`);
  }
}

/** Node does not always say where JSON breaks; people look for a line. */
function whereBroken(text: string): string {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [{ error, offset } = { error: 0, offset: text.length }] = errors;
  const before = text.slice(0, offset).split("\n");
  const reason = printParseErrorCode(error)
    .replace(/(?<=.)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .toLowerCase();
  return `This is not JSON: ${reason}, line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}.`;
}

export type Kind = "journey" | "template";

const tellTale: Record<Kind, readonly string[]> = {
  journey: ["trigger", "components", "start"],
  template: ["channel", "subject", "html", "text"],
};

/** What a document is, by what only its kind has. */
export function kindOf(value: unknown): Kind | undefined {
  const has = (kind: Kind) =>
    tellTale[kind].filter((member) => typeof value === "object" && value !== null && Object.hasOwn(value, member))
      .length;
  const [journey, template] = [has("journey"), has("template")];
  if (journey === 0 && template === 0) return undefined;
  return journey >= template ? "journey" : "template";
}

export function unknownDocument(value: unknown): Problem {
  const members = typeof value === "object" && value !== null ? Object.keys(value) : [];
  const hint = members
    .map((member) => didYouMean(member, [...tellTale.journey, ...tellTale.template]))
    .find((hint) => hint.includes("Did"));
  return {
    path: "",
    code: "unknown-document",
    message: `This is neither a journey (it has no trigger and no components) nor a template (it has no channel).${hint ?? ""}`,
  };
}
