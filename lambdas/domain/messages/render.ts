/**
 * Renders a template's Liquid. The deployed functions, the simulator and `journeys render` all use this code, so a
 * preview is the message that is sent. `liquid/engine.ts` says what a template can do, `liquid/render-budget.ts` how much.
 */
import type { Time } from "../time/time.ts";
import type { Json, JsonObject } from "../values/json.ts";
import { engine, type Node, renderPart } from "./liquid/engine.ts";
import { Markup } from "./liquid/markup.ts";
import { RenderBudget } from "./liquid/render-budget.ts";
import type { ReadyPartial, Rendering } from "./liquid/render-context.ts";
import { plainTextOf } from "./plain-text.ts";
import { withPreheader } from "./preheader.ts";
import { CONTENT, type SharedText, type SharedTexts } from "./shared-text.ts";
import type { Template } from "./template.ts";
import { languageOf, variantFor } from "./variant.ts";
import { type WhatsappContent, whatsappContent, whatsappTexts } from "./whatsapp/content.ts";

export interface Rendered {
  readonly subject: string;
  readonly html?: string;
  readonly text?: string;
  /** An approved template of WhatsApp. The message then has no text. */
  readonly whatsapp?: WhatsappContent;
}

export const parts = ["subject", "preheader", "html", "text"] as const;
export type Part = (typeof parts)[number];

export const engines: Readonly<Record<Part, ReturnType<typeof engine>>> = {
  subject: engine("subject"),
  preheader: engine("preheader"),
  html: engine("html"),
  text: engine("text"),
};

/** A template with its layout and all partials that it puts in, by id. */
export type ComposedTemplate = Template & { readonly shared?: SharedTexts };

type Texts = Readonly<Partial<Record<Part, string | undefined>>>;
type Compiled = Partial<Record<Part, Node[]>>;
const compiledTexts = new WeakMap<Texts, Compiled>();

/** Each text is parsed once, however often it is rendered. */
function compiled(texts: Texts): Compiled {
  let known = compiledTexts.get(texts);
  if (!known) {
    known = Object.fromEntries(
      parts.flatMap((part) => {
        const source = texts[part];
        return source === undefined ? [] : [[part, engines[part].parse(source)]];
      }),
    );
    compiledTexts.set(texts, known);
  }
  return known;
}

const compiledValues = new WeakMap<object, Map<string, Node[]>>();

/** The values of an approved template, each parsed once. */
function compiledValue(whatsapp: object, source: string): Node[] {
  const known = compiledValues.get(whatsapp) ?? new Map<string, Node[]>();
  compiledValues.set(whatsapp, known);
  const nodes = known.get(source) ?? engines.text.parse(source);
  known.set(source, nodes);
  return nodes;
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
export function render(template: ComposedTemplate, scope: RenderScope): Rendered {
  return renderWith(template, scope);
}

/** The variables that the template shows and that have no value, such as `event.item`, in the order of reading. */
export function missingVariables(template: ComposedTemplate, scope: RenderScope): string[] {
  const missing = new Set<string>();
  renderWith(template, scope, (path) => missing.add(path.map(String).join(".")));
  return [...missing];
}

function renderWith(whole: ComposedTemplate, scope: RenderScope, onMissing?: Rendering["onMissing"]): Rendered {
  const { language } = scope.customer;
  const template = variantFor(whole, language);
  const layout = template.layout === undefined ? undefined : sharedText(whole, "layout", template.layout, language);
  const { timezone, now, ...named } = scope;
  const variables = { ...scope.data, ...named, now };
  const budget = new RenderBudget();
  const said = (nodes: Node[], part: Part, more: object = {}): string => {
    const partial = (id: string) => readyPartial(sharedText(whole, "partial", id, language), part, budget);
    const rendering = { budget, clock: { now, timezone }, onMissing, partial };
    // Half of a surrogate pair is no character: mail programs and JSON parsers reject it.
    return renderPart(engines[part], nodes, { ...variables, ...more }, rendering).toWellFormed();
  };
  const partIn = (texts: Texts, part: Part, more?: object): string | undefined => {
    const nodes = compiled(texts)[part];
    return nodes && said(nodes, part, more);
  };
  const part = (part: Part): string | undefined => {
    const content = partIn(template, part);
    const around = content !== undefined && layout && compiled(layout)[part];
    const text = around
      ? partIn(layout, part, { [CONTENT]: part === "html" ? new Markup(content) : content })
      : content;
    if (text !== undefined) budget.finish(text);
    return text;
  };
  const [subject, preheader, html, written] = [part("subject"), part("preheader"), part("html"), part("text")];
  const { whatsapp } = template;
  const value = (source: string) => {
    const text = whatsapp ? said(compiledValue(whatsapp, source), "text") : "";
    budget.finish(text);
    return text;
  };
  const text = written ?? ((html && plainTextOf(html, budget)) || undefined);
  return {
    subject: (subject ?? "").replace(/[\s\p{Cc}]+/gu, " ").trim(),
    ...(html !== undefined && { html: preheader ? withPreheader(html, preheader) : html }),
    ...(text !== undefined && { text }),
    ...(whatsapp && { whatsapp: whatsappContent(whatsapp, languageOf(whole, language), value) }),
  };
}

/** @throws an `Error` when no text has this id, or the text is of the other kind */
function sharedText(
  { shared = {} }: ComposedTemplate,
  kind: SharedText["kind"],
  id: string,
  language: Json | undefined,
): SharedText {
  const found = Object.hasOwn(shared, id) ? shared[id] : undefined;
  if (found?.kind !== kind) throw new Error(`There is no ${kind} "${id}".`);
  return variantFor(found, language);
}

/** A plain text takes a partial's `text`, or the plain text of the partial's HTML when it has no `text`. */
function readyPartial(partial: SharedText, part: Part, budget: RenderBudget): ReadyPartial {
  const { html = [], text } = compiled(partial);
  if (part !== "text") return { liquid: engines.html, nodes: html };
  if (text) return { liquid: engines.text, nodes: text };
  return { liquid: engines.html, nodes: html, finish: (rendered) => plainTextOf(rendered, budget) };
}

/** Whether a template can read the event: the template names the event, or computes a name during rendering. */
export function mayReadEvent(
  template: Partial<Pick<ComposedTemplate, Part | "whatsapp" | "languages" | "shared">>,
): boolean {
  return [template, ...Object.values(template.shared ?? {})].some(({ languages = {}, ...texts }) =>
    [texts, ...Object.values(languages)].some((variant: Texts & { readonly whatsapp?: object | undefined }) =>
      [
        ...parts.map((part) => variant[part] ?? ""),
        ...whatsappTexts(variant.whatsapp, "").map(({ source }) => source),
      ].some((source) => /event|enrollment(?!\s*\.\s*key)|\[/.test(source)),
    ),
  );
}
