/**
 * Parses JSON and reports problems: the places of syntax errors, and repeated members (JSON silently keeps the last). A
 * large integer keeps its exact text, as in the functions: `JSON.parse` would make two ids equal.
 */
import { type ParseError, parse, printParseErrorCode, visit } from "jsonc-parser";
import { type Path, pathText } from "../../lambdas/domain/documents/problem.ts";
import { parseJson as parseExactly } from "../../lambdas/domain/values/parse-json.ts";
import { type PlacedProblem, placesIn } from "./places.ts";

export type Read =
  | { readonly value: unknown; readonly text: string }
  /** `value`: what can be read of the broken document, for a picture of it. */
  | { readonly problems: readonly PlacedProblem[]; readonly value?: unknown; readonly text: string };

export function parseJson(text: string): Read {
  try {
    const value = parseExactly(text);
    const problems = repeatedMembers(text);
    return problems.length === 0 ? { value, text } : { problems, value, text };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ...syntaxErrors(text), text };
  }
}

const reasons: Partial<Record<string, string>> = {
  InvalidSymbol: "this is not a value; write texts in double quotes",
  InvalidNumberFormat: "this is not a number",
  PropertyNameExpected: "a name in double quotes must follow; is there an extra comma?",
  ValueExpected: "a value must follow; is there an extra comma?",
  ColonExpected: "a colon must be here",
  CommaExpected: "a comma is missing before this",
  CloseBraceExpected: "a closing } is missing",
  CloseBracketExpected: "a closing ] is missing",
  EndOfFileExpected: "there is more text after the end of the document",
  InvalidCommentToken: "JSON has no comments",
  UnexpectedEndOfComment: "JSON has no comments",
  UnexpectedEndOfString: "the text has no closing double quote",
  UnexpectedEndOfNumber: "the number is not complete",
  InvalidUnicode: "\\u must be followed by four hexadecimal digits",
  InvalidEscapeCharacter: "this escape does not exist; write a backslash as \\\\",
  InvalidCharacter: "write a tab or line break inside a text as \\t or \\n",
};

/** One error often causes more errors behind it, so only the first error of each line counts, and at most ten lines. */
const MOST_ERRORS = 10;

function syntaxErrors(text: string): { problems: PlacedProblem[]; value?: unknown } {
  if (/^[ \t\r\n]*$/.test(text)) return { problems: [invalid("The file is empty. It must contain a JSON document.")] };
  const errors: ParseError[] = [];
  let value: unknown;
  unlessTooDeep(() => {
    value = parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  });
  const at = placesIn(text);
  const found = errors
    .toSorted((a, b) => a.offset - b.offset)
    .map(({ error, offset }) => ({ ...at(offset), reason: reasons[printParseErrorCode(error)] ?? UNCLEAR }));
  const first = found.filter(({ line }, index) => index === 0 || line !== found[index - 1]?.line);
  if (first.length === 0) first.push({ ...at(text.length), reason: UNCLEAR });
  const problems = first.slice(0, MOST_ERRORS).map(({ line, column, reason }) => ({
    ...invalid(`This is not JSON: line ${line}, column ${column}: ${reason}${reason.endsWith("?") ? "" : "."}`),
    line,
    column,
  }));
  return { problems, ...(value !== undefined && { value }) };
}

const UNCLEAR = "the syntax is wrong here";

const invalid = (message: string): PlacedProblem => ({ path: "", code: "invalid-json", message });

function repeatedMembers(text: string): PlacedProblem[] {
  const open: Set<string>[] = [];
  const problems: PlacedProblem[] = [];
  const onObjectProperty = (
    name: string,
    _: number,
    __: number,
    line: number,
    character: number,
    pathOf: () => Path,
  ) => {
    if (open.at(-1)?.has(name))
      problems.push({
        path: pathText([...pathOf(), name]),
        code: "repeated-member",
        message: `"${name}" occurs twice in this object, the second time in line ${line + 1}. Only the last would count. Rename or remove one.`,
        line: line + 1,
        column: character + 1,
      });
    open.at(-1)?.add(name);
  };
  const onObjectBegin = () => {
    open.push(new Set());
  };
  unlessTooDeep(() => visit(text, { onObjectBegin, onObjectProperty, onObjectEnd: () => open.pop() }));
  return problems;
}

/** Too deep nesting is ignored here: the check of the document reports it. */
function unlessTooDeep(walk: () => void): void {
  try {
    walk();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}
