/**
 * Warns of places in HTML where escaping does not protect the reader. In an attribute without quotes, a blank in a value
 * starts another attribute. At the start of a link, a value chooses the scheme, such as `javascript:`.
 */
import type { Problem } from "../../documents/problem.ts";
import { type LiquidPart, liquidParts } from "./liquid-parts.ts";

/** Private characters around the number of an output, which stand for the output. */
const MARK = "\ue000";
const MARKED = /\ue000(\d+)\ue000/;
const links = new Set(["href", "src", "action", "formaction", "background", "poster"]);

/** `html` is good Liquid. */
export function htmlWarnings(html: string, path: string): Problem[] {
  const outputs: string[] = [];
  const parts = liquidParts(html);
  const checked = checkedVariables(parts);
  const shownParts = parts.map(({ kind, content }) => {
    if (kind === "text") return content;
    return kind === "tag" ? "" : `${MARK}${outputs.push(content) - 1}${MARK}`;
  });
  const marked = shownParts.join("");
  const warnings = new Map<string, Problem>();
  const warn = (code: string, message: string) => warnings.set(message, { path, code, message, severity: "warning" });
  for (const { name, value, isQuoted } of attributes(marked)) {
    const output = outputs[Number(MARKED.exec(value)?.[1])];
    if (output === undefined) continue;
    const shown = `{{ ${output} }}`;
    if (!isQuoted)
      warn(
        "unquoted-attribute",
        `The attribute ${name}=${shown} has no quotes: a blank in the value would start another attribute. Write ${name}="${shown}".`,
      );
    if (links.has(name.toLowerCase()) && value.trimStart().startsWith(MARK) && !isSafe(output, checked))
      warn(
        "unchecked-link",
        `The whole address in ${name}="${shown}" comes from data, so it could start with "javascript:". Write the start yourself, such as "https://shop.example/${shown}", or check it: {% if ${variableOf(output)} contains "https://" %}.`,
      );
  }
  return [...warnings.values()];
}

interface Attribute {
  readonly name: string;
  readonly value: string;
  readonly isQuoted: boolean;
}

const START_TAG = /<[a-zA-Z][^\s/>]*/g;
const NAME = /[\s/]*([^\s/>="']+)[\s]*(=?)[\s]*/y;
const UNQUOTED = /[^\s>]*/y;
const END = /[\s/]*>/y;

/** The attributes of all start tags. Each character is read once, however broken the HTML is. */
function* attributes(html: string): Generator<Attribute> {
  START_TAG.lastIndex = 0;
  while (START_TAG.exec(html)) {
    let at = START_TAG.lastIndex;
    for (;;) {
      END.lastIndex = at;
      NAME.lastIndex = at;
      const named = END.test(html) ? null : NAME.exec(html);
      if (!named) break;
      at = NAME.lastIndex;
      if (named[2] === "") continue;
      const quote = html[at];
      const isQuoted = quote === '"' || quote === "'";
      UNQUOTED.lastIndex = at;
      const end = isQuoted ? html.indexOf(quote, at + 1) : at + (UNQUOTED.exec(html)?.[0].length ?? 0);
      if (end < 0) return;
      yield { name: named[1] ?? "", value: html.slice(isQuoted ? at + 1 : at, end), isQuoted };
      at = isQuoted ? end + 1 : end;
    }
    START_TAG.lastIndex = at;
  }
}

const variableOf = (output: string) => output.split("|")[0]?.trim() ?? output;

/** Our own link, an address that starts with a literal, or an address that a condition has checked. */
function isSafe(output: string, checked: ReadonlySet<string>): boolean {
  const variable = variableOf(output);
  return (
    variable === "unsubscribeUrl" ||
    /^["']https?:/.test(variable) ||
    /\|\s*prepend:\s*["']https?:/.test(output) ||
    checked.has(variable)
  );
}

const COMPARED = /^(?:if|elsif|unless|case)\s+([\w.[\]"'-]+)/;

/** The variables that a tag compares with a text that starts like an address. */
function checkedVariables(parts: readonly LiquidPart[]): ReadonlySet<string> {
  const variables = parts.flatMap(({ kind, content }) => {
    const variable = kind === "tag" && /["']https?:/.test(content) ? COMPARED.exec(content)?.[1] : undefined;
    return variable === undefined ? [] : [variable];
  });
  return new Set(variables);
}
