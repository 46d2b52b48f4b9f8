/** JSON with words for people: where it breaks, and members that occur twice (of which JSON silently keeps the last). */
import { type ParseError, parse, printParseErrorCode, visit } from "jsonc-parser";
import { type Path, type Problem, pathText } from "../../lambdas/domain/problem.ts";

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
  InvalidSymbol: "this is no value; texts stand in double quotes",
  InvalidNumberFormat: "this is not a number",
  PropertyNameExpected: "a name in double quotes must follow; is there a comma too many?",
  ValueExpected: "a value must follow; is there a comma too many?",
  ColonExpected: "a colon must stand here",
  CommaExpected: "a comma is missing before this",
  CloseBraceExpected: "a closing } is missing",
  CloseBracketExpected: "a closing ] is missing",
  EndOfFileExpected: "there is more after the end of the document",
  InvalidCommentToken: "JSON has no comments",
  UnexpectedEndOfComment: "JSON has no comments",
  UnexpectedEndOfString: "the text has no closing double quote",
  UnexpectedEndOfNumber: "the number is not complete",
  InvalidUnicode: "\\u must be followed by four hexadecimal digits",
  InvalidEscapeCharacter: "there is no such escape; a backslash itself is written \\\\",
  InvalidCharacter: "a tab or line break within a text is written \\t or \\n",
};

function whereBroken(text: string): string {
  const errors: ParseError[] = [];
  if (/^[ \t\r\n]*$/.test(text)) return "The file is empty. It should hold a JSON document.";
  unlessTooDeep(() => parse(text, errors, { disallowComments: true, allowTrailingComma: false }));
  const [first] = errors.sort((a, b) => a.offset - b.offset);
  const reason = (first && reasons[printParseErrorCode(first.error)]) ?? "it breaks here";
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
        message: `"${name}" occurs twice here, again in line ${line + 1}; only the last would count. Rename or remove one.`,
      });
    open.at(-1)?.add(name);
  };
  const onObjectBegin = () => {
    open.push(new Set());
  };
  unlessTooDeep(() => visit(text, { onObjectBegin, onObjectProperty, onObjectEnd: () => open.pop() }));
  return problems;
}

/** What is nested deeper than the stack is refused by the check of the document. */
function unlessTooDeep(walk: () => void): void {
  try {
    walk();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}
