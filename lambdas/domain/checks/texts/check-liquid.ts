/** Whether a template's Liquid can be read. */
import type { Liquid } from "liquidjs";
import type { Problem } from "../../documents/problem.ts";
import { engines } from "../../messages/render.ts";
import { textsOf } from "../../messages/template-texts.ts";
import { didYouMean } from "../../values/did-you-mean.ts";

/** The problems of a template's Liquid. */
export function liquidProblems(template: Readonly<Record<string, unknown>>): Problem[] {
  return textsOf(template).flatMap(({ path, part, source }) => {
    try {
      engines[part].parse(source);
      return [];
    } catch (error) {
      const reason = inWords((error as Error).message.split("\n")[0] ?? "", engines[part]) + likeLiquid(source);
      return [{ path, code: "bad-liquid", message: `The Liquid of "${path}" cannot be read: ${reason}` }];
    }
  });
}

/** LiquidJS says "undefined filter: shout, line:1, col:1"; an author also needs to know the right word. */
function inWords(reason: string, { filters, tags }: Liquid): string {
  const [, place = ""] = /, (line:\d+, col:\d+)$/.exec(reason) ?? [];
  const where = place.replace(/(\w+):(\d+)/g, "$1 $2");
  const filter = /^undefined filter: ([^,]+)/.exec(reason)?.[1];
  if (filter) return `there is no filter "${filter}" (${where}).${didYouMean(filter, Object.keys(filters))}`;
  const tag = /^tag "([^"]+)" not found/.exec(reason)?.[1];
  if (tag && /^end/.test(tag))
    return `{% ${tag} %} closes nothing (${where}). Remove it, or write its {% ${tag.slice(3)} %} before it.`;
  if (tag)
    return `there is no tag "${tag}" (${where}).${/^el(se)?if$/.test(tag) ? ' Did you mean "elsif"?' : didYouMean(tag, Object.keys(tags))}`;
  return `${reason.replace(/, line:.*$/, "")} (${where}).${closing(reason)}`;
}

/** How to close a tag or an output that is open at the end of the text. */
function closing(reason: string): string {
  const block = /^tag \{%-? ?(\w+).*%\} not closed/s.exec(reason)?.[1];
  if (block) return ` Write {% end${block} %} where it ends.`;
  if (/^output .* not closed/s.test(reason)) return " Write }} where it ends.";
  return /^tag .* not closed/s.test(reason) ? " Write %} where it ends." : "";
}

/**
 * What people write in other template languages, and what Liquid has in its place. This advice is given only for a text
 * that cannot be read.
 */
const others: readonly [RegExp, string][] = [
  [
    /\{\{\{?\s*[#/^>]/,
    "This is Handlebars. Liquid has {% if customer.firstName %}…{% endif %} and {% for item in event.items %}…{% endfor %}.",
  ],
  [/\{\{[^}]*\|\|/, "For a value in place of a missing one, write {{ customer.firstName | default: 'friend' }}."],
  [/\|\s*\w+\(/, "The argument of a filter stands behind a colon: {{ customer.firstName | default: 'friend' }}."],
  [/\{%-?\s*(?:if|unless|elsif)[^%]*[^=!<>]=[^=]/, 'To compare, write "==".'],
];

function likeLiquid(source: string): string {
  const known = others.find(([form]) => form.test(source));
  return known ? ` ${known[1]}` : "";
}
