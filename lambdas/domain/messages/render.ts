/**
 * Templates: Liquid, rendered in our own code so that what is previewed is what is sent.
 *
 * Rendering must be a function of its arguments, and must not be a way out: "now" is the moment handed in, filters
 * that draw lots are gone, nothing is read from disk, prototypes are out of reach, and work is bounded.
 */
import { Liquid, type Template as Parsed } from "liquidjs";
import type { Problem } from "../documents/problem.ts";
import type { Time } from "../time/time.ts";
import { didYouMean } from "../values/did-you-mean.ts";
import type { JsonObject } from "../values/json.ts";
import { plainTextOf } from "./plain-text.ts";
import type { Template } from "./template.ts";

export interface Rendered {
  readonly subject: string;
  readonly html?: string;
  readonly text?: string;
}

const parts = ["subject", "html", "text"] as const;
type Part = (typeof parts)[number];

const limits = { parseLimit: 400_000, renderLimit: 1000, memoryLimit: 20_000_000 };

/** Tags that would read other files. */
const foreign = ["include", "render", "layout", "block"];
/** Filters whose result is drawn by lot. */
const random = ["sample"];

const escaping = ["escape", "escape_once", "xml_escape"];

function engine(part: Part): Liquid {
  const liquid = new Liquid({
    ...limits,
    ownPropertyOnly: true,
    strictFilters: true,
    cache: false,
    templates: {},
    timezoneOffset: 0,
    ...(part === "html" && { outputEscape: "escape" as const }),
  });
  for (const tag of foreign) delete liquid.tags[tag];
  for (const filter of random) delete liquid.filters[filter];
  // What an author escapes by hand is not escaped once more.
  for (const name of part === "html" ? escaping : []) {
    const handler = liquid.filters[name];
    if (typeof handler === "function") liquid.registerFilter(name, { raw: true, handler });
  }
  for (const name of ["date", "date_to_xmlschema", "date_to_rfc822", "date_to_string", "date_to_long_string"]) {
    const format = liquid.filters[name] as (this: FilterThis, ...values: unknown[]) => unknown;
    if (!format) continue;
    liquid.registerFilter(name, function (this: FilterThis, value: unknown, ...rest: unknown[]) {
      const context = this.context.environments as { now?: Time; timezone?: string };
      const moment = value === "now" || value === "today" ? context.now : inUtc(value);
      const [pattern, zone] = rest;
      return format.call(this, moment, ...(name === "date" ? [pattern, zone ?? context.timezone] : rest));
    });
  }
  return liquid;
}
interface FilterThis {
  context: { environments: object };
}

/** A time that names no zone is UTC, not the time of the machine that happens to render. */
function inUtc(value: unknown): unknown {
  return typeof value === "string" && /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(value)
    ? `${value.replace(" ", "T")}Z`
    : value;
}

const engines: Record<Part, Liquid> = { subject: engine("subject"), html: engine("html"), text: engine("text") };

const parsed = new WeakMap<Template, Partial<Record<Part, Parsed[]>>>();

function parse(template: Template): Partial<Record<Part, Parsed[]>> {
  let known = parsed.get(template);
  if (!known) {
    known = Object.fromEntries(
      parts.flatMap((part) => {
        const source = template[part];
        return source === undefined ? [] : [[part, engines[part].parse(source)]];
      }),
    );
    parsed.set(template, known);
  }
  return known;
}

/** What templates can name. `data` are the component's; they stand beside `data.…` under their own names too. */
export interface RenderScope {
  readonly customer: JsonObject;
  readonly event: JsonObject;
  readonly data: JsonObject;
  readonly journey: { readonly id: string; readonly name: string };
  readonly now: Time;
  /** The zone in which the `date` filter shows times, unless it names one. */
  readonly timezone: string;
  readonly unsubscribeUrl: string;
}

/**
 * Renders all parts; a template without `text` says in plain text what its `html` says.
 * Throws an `Error` when a template does more work than allowed.
 */
export function render(template: Template, scope: RenderScope): Rendered {
  const known = parse(template);
  const context = { ...scope.data, ...scope };
  const rendered = (part: Part) => {
    const source = known[part];
    return source && String(engines[part].renderSync(source, context));
  };
  const [subject, html, written] = [rendered("subject"), rendered("html"), rendered("text")];
  const text = written ?? ((html && plainTextOf(html)) || undefined);
  return {
    subject: (subject ?? "").replace(/[\s\p{Cc}]+/gu, " ").trim(),
    ...(html !== undefined && { html }),
    ...(text !== undefined && { text }),
  };
}

/** What is wrong with a template's Liquid. */
export function liquidProblems(template: Readonly<Record<string, unknown>>): Problem[] {
  return parts.flatMap((part) => {
    const source = template[part];
    if (typeof source !== "string") return [];
    try {
      engines[part].parse(source);
      return [];
    } catch (error) {
      const reason = inWords((error as Error).message.split("\n")[0] ?? "", engines[part]);
      return [{ path: part, code: "bad-liquid", message: `The Liquid of "${part}" cannot be read: ${reason}` }];
    }
  });
}

/** LiquidJS says "undefined filter: shout, line:1, col:1"; people need the right word. */
function inWords(reason: string, { filters, tags }: Liquid): string {
  const [, place = ""] = /, (line:\d+, col:\d+)$/.exec(reason) ?? [];
  const where = place.replace(/(\w+):(\d+)/g, "$1 $2");
  const filter = /^undefined filter: ([^,]+)/.exec(reason)?.[1];
  if (filter) return `there is no filter "${filter}" (${where}).${didYouMean(filter, Object.keys(filters))}`;
  const tag = /^tag "([^"]+)" not found/.exec(reason)?.[1];
  if (tag) return `there is no tag "${tag}" (${where}).${didYouMean(tag, Object.keys(tags))}`;
  return `${reason.replace(/, line:.*$/, "")} (${where}).`;
}

/** Whether a template could read the event: it names it, or reads something by a name that it works out. */
export function mayReadEvent({ subject, html, text }: Partial<Pick<Template, "subject" | "html" | "text">>): boolean {
  return [subject, html, text].some((part) => part !== undefined && /event|\[/.test(part));
}
