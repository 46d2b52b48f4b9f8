/**
 * Warns of placeholders of other products in a template, such as `*|FNAME|*`. Liquid does not replace such
 * placeholders, so every customer would read them. The problem is only a warning, because an author may want customers
 * to read such a text.
 */
import type { Problem } from "../../documents/problem.ts";
import { liquidParts } from "./liquid-parts.ts";

/**
 * Each form of a placeholder contains a name. A percent sign before two digits of an encoded address, such as `%C3%A4`,
 * begins no name.
 */
const forms = [
  /\*\|([A-Za-z]\w{0,63})(?::[^|*\n]{0,64})?\|\*/g,
  /%%?(?![A-Fa-f]?\d|\d)([A-Za-z][\w.-]{2,63})%%?/g,
  /\$\{\{?\s{0,3}([A-Za-z][\w.]{0,63})\s{0,3}\}\}?/g,
  /\[\[\s{0,3}([A-Za-z][\w.]{0,63})\s{0,3}\]\]/g,
  /(?<![$#{\w])\{([A-Za-z][\w.]{0,63})\}(?!\})/g,
  /<%=?\s{0,3}([A-Za-z][\w.]{0,63})\s{0,3}%>/g,
] as const;

const MOST_TOLD = 5;

/** `source` is good Liquid. */
export function placeholderWarnings(source: string, path: string): Problem[] {
  const found = new Map<string, string>();
  const dates: Problem[] = [];
  for (const { kind, content } of liquidParts(source))
    if (kind === "output") dates.push(...dateFormat(content, path));
    else if (kind === "text")
      for (const form of forms)
        for (const [placeholder, name = ""] of content.matchAll(form))
          if (found.size < MOST_TOLD) found.set(placeholder, name);
  const named = [...found].map(([placeholder, name]) => ({
    path,
    code: "foreign-placeholder",
    message: `Customers would read "${placeholder}" as it stands: it is a placeholder of another product. Write {{ ${inLiquid(name)} }}.`,
    severity: "warning" as const,
  }));
  return [...named, ...dates.slice(0, MOST_TOLD)];
}

/** A format such as `dd.MM.yyyy` has no per cent sign, so the filter prints its letters. */
function dateFormat(output: string, path: string): Problem[] {
  const format = /\|\s*date:\s*["']([^"'%]*[A-Za-z][^"'%]*)["']/.exec(output)?.[1];
  if (format === undefined) return [];
  const message = `The filter date prints "${format}" as it stands, in place of a date. Write its parts with per cent signs, such as date: "%d.%m.%Y".`;
  return [{ path, code: "date-format", message, severity: "warning" }];
}

/** Names that other products use, in lower case without signs between the words. */
const attributes: Readonly<Record<string, string>> = {
  fname: "customer.firstName",
  lname: "customer.lastName",
  mail: "customer.email",
  emailaddress: "customer.email",
  unsub: "unsubscribeUrl",
  unsubscribe: "unsubscribeUrl",
  unsubscribeurl: "unsubscribeUrl",
  unsubscribelink: "unsubscribeUrl",
};

/** The variable that is probably meant, such as `customer.firstName` for `FIRST_NAME`. */
function inLiquid(name: string): string {
  const words = (name.split(".").at(-1) ?? "").split(/[_-]+|(?<=[a-z])(?=[A-Z])/).map((word) => word.toLowerCase());
  const known = words.join("");
  if (Object.hasOwn(attributes, known)) return attributes[known] ?? known;
  return `customer.${words.map((word, index) => (index === 0 ? word : `${word[0]?.toUpperCase() ?? ""}${word.slice(1)}`)).join("")}`;
}
