/**
 * Renders a template's Liquid. The deployed functions, the simulator and `journeys render` all use this code, so a
 * preview is the message that is sent. `liquid-engine.ts` says what a template can do, `render-budget.ts` how much.
 */
import type { Time } from "../time/time.ts";
import type { Json, JsonObject } from "../values/json.ts";
import { engine, type Node, renderPart } from "./liquid-engine.ts";
import { plainTextOf } from "./plain-text.ts";
import { withPreheader } from "./preheader.ts";
import { RenderBudget } from "./render-budget.ts";
import type { Rendering } from "./render-context.ts";
import type { Template } from "./template.ts";
import { variantFor } from "./variant.ts";

export interface Rendered {
  readonly subject: string;
  readonly html?: string;
  readonly text?: string;
}

export const parts = ["subject", "preheader", "html", "text"] as const;
export type Part = (typeof parts)[number];

export const engines: Readonly<Record<Part, ReturnType<typeof engine>>> = {
  subject: engine("subject"),
  preheader: engine("html"),
  html: engine("html"),
  text: engine("text"),
};

type Compiled = Partial<Record<Part, Node[]>>;
const compiledTemplates = new WeakMap<Template, Compiled>();

/** A template is parsed once, however often it is rendered. */
function compiled(template: Template): Compiled {
  let known = compiledTemplates.get(template);
  if (!known) {
    known = Object.fromEntries(
      parts.flatMap((part) => {
        const source = template[part];
        return source === undefined ? [] : [[part, engines[part].parse(source)]];
      }),
    );
    compiledTemplates.set(template, known);
  }
  return known;
}

/** What templates can name. Each member of `data` can also be named by itself, without `data.`. */
export interface RenderScope {
  readonly customer: JsonObject;
  readonly event: JsonObject;
  readonly enrollment?: { readonly key?: Json | undefined; readonly event?: JsonObject };
  readonly data: JsonObject;
  readonly journey: { readonly id: string; readonly name: string };
  readonly now: Time;
  /** The zone in which the `date` filter shows times, unless the filter names another. */
  readonly timezone: string;
  readonly unsubscribeUrl: string;
}

/**
 * Renders all parts. A template without `text` gets the plain text of its `html`.
 * @throws an `Error` when the template takes too much work, or the message would be too large
 */
export function render(template: Template, scope: RenderScope): Rendered {
  return renderWith(template, scope);
}

/** The variables that the template shows and that have no value, such as `event.item`, in the order of reading. */
export function missingVariables(template: Template, scope: RenderScope): string[] {
  const missing = new Set<string>();
  renderWith(template, scope, (path) => missing.add(path.map(String).join(".")));
  return [...missing];
}

function renderWith(whole: Template, scope: RenderScope, onMissing?: Rendering["onMissing"]): Rendered {
  const template = variantFor(whole, scope.customer.language);
  const { timezone, now, ...named } = scope;
  const variables = { ...scope.data, ...named, now };
  const budget = new RenderBudget();
  const part = (part: Part): string | undefined => {
    const nodes = compiled(template)[part];
    if (!nodes) return undefined;
    // Half of a surrogate pair is no character: mail programs and JSON parsers reject it.
    const rendering = { budget, clock: { now, timezone }, onMissing };
    const text = renderPart(engines[part], nodes, variables, rendering).toWellFormed();
    budget.finish(text);
    return text;
  };
  const [subject, preheader, html, written] = [part("subject"), part("preheader"), part("html"), part("text")];
  const text = written ?? ((html && plainTextOf(html, budget)) || undefined);
  return {
    subject: (subject ?? "").replace(/[\s\p{Cc}]+/gu, " ").trim(),
    ...(html !== undefined && { html: preheader ? withPreheader(html, preheader) : html }),
    ...(text !== undefined && { text }),
  };
}

/** Whether a template can read the event: it names the event, or works out a name while it is rendered. */
export function mayReadEvent(template: Partial<Pick<Template, Part | "languages">>): boolean {
  return [template, ...Object.values(template.languages ?? {})].some((variant) =>
    parts.some((part) => /event|enrollment(?!\s*\.\s*key)|\[/.test(variant[part] ?? "")),
  );
}
