/** Parses JSON and reports problems: the place of a syntax error, and repeated members (JSON silently keeps the last). */
import { type ParseError, parse, printParseErrorCode, visit } from "jsonc-parser";
import { type Path, type Problem, pathText } from "../../lambdas/domain/documents/problem.ts";

export type Read = { readonly value: unknown } | { readonly problems: readonly Problem[] };

export function parseJson(text: string): Read {
  try {
    const value: unknown = JSON.parse(text);
    const problems = repeatedMembers(text);
    return problems.length === 0 ? { value } : { problems };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problems: [{ path: "", code: "invalid-json", message: whereBroken(text) }] };
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

function whereBroken(text: string): string {
  const errors: ParseError[] = [];
  if (/^[ \t\r\n]*$/.test(text)) return "The file is empty. It must contain a JSON document.";
  unlessTooDeep(() => parse(text, errors, { disallowComments: true, allowTrailingComma: false }));
  const [first] = errors.sort((a, b) => a.offset - b.offset);
  const reason = (first && reasons[printParseErrorCode(first.error)]) ?? "the syntax is wrong here";
  const before = text.slice(0, first?.offset ?? text.length).split("\n");
  return `This is not JSON: line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: ${reason}${reason.endsWith("?") ? "" : "."}`;
}

function repeatedMembers(text: string): Problem[] {
  const open: Set<string>[] = [];
  const problems: Problem[] = [];
  const onObjectProperty = (name: string, _: number, __: number, line: number, ___: number, pathOf: () => Path) => {
    if (open.at(-1)?.has(name))
      problems.push({
        path: pathText([...pathOf(), name]),
        code: "repeated-member",
        message: `"${name}" occurs twice in this object, the second time in line ${line + 1}. Only the last would count. Rename or remove one.`,
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
