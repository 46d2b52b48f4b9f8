/**
 * LiquidJS, set up so that a template is a function of its arguments, reaches nothing else, and does bounded work.
 *
 * Nothing is read from disk, no filter is random, and prototypes cannot be reached. Every tag, output, variable, filter
 * and comparison is paid for from the message's budget before it runs, and every value that a filter makes is measured.
 */
import { type Context, type Emitter, Liquid, type Template as Node, toValueSync } from "liquidjs";
import { registerDateFilters } from "./dates.ts";
import { plainLoops } from "./loops.ts";
import { Markup } from "./markup.ts";
import { type Handler, operators, paid } from "./paid-filters.ts";
import { paidNodes } from "./paid-nodes.ts";
import { PartialTag } from "./partial-tag.ts";
import { BoundedText } from "./render-budget.ts";
import { budgetOf, RenderContext, type Rendering, renderingOf } from "./render-context.ts";
import "./quick-parsing.ts";

export type { Node };

/** Tags that read other files. A separate tag puts partials in, where partials are allowed. */
const foreign = ["include", "render", "layout", "block"];
/** Filters whose result is random. */
const random = ["sample"];
/** A value that the author escapes by hand is not escaped a second time. */
const escaping = ["escape", "escape_once", "xml_escape"];

export function engine(part: "subject" | "preheader" | "html" | "text"): Liquid {
  const isHtml = part === "html" || part === "preheader";
  const liquid = new Liquid({
    parseLimit: 400_000,
    ownPropertyOnly: true,
    strictFilters: true,
    cache: false,
    templates: {},
    timezoneOffset: 0,
    locale: "en-US",
    operators: operators(),
    ...(isHtml && { outputEscape: escapeOutput }),
  });
  for (const tag of foreign) delete liquid.tags[tag];
  if (part === "html" || part === "text") liquid.registerTag("render", PartialTag);
  for (const filter of random) delete liquid.filters[filter];
  for (const [name, tag] of Object.entries(plainLoops)) liquid.registerTag(name, tag);
  registerDateFilters(liquid, (filter) => renderingOf(filter).clock);
  for (const [name, filter] of Object.entries(liquid.filters)) {
    const handler = (typeof filter === "function" ? filter : filter.handler) as Handler;
    const isRaw = (typeof filter === "object" && filter.raw === true) || (isHtml && escaping.includes(name));
    liquid.registerFilter(name, { raw: isRaw, handler: paid(name, handler) });
  }
  const { renderer } = liquid;
  const renderTemplates = renderer.renderTemplates.bind(renderer);
  renderer.renderTemplates = (nodes, context, emitter) => {
    const budget = budgetOf(context);
    budget.work(1);
    return renderTemplates(
      paidNodes(nodes, context, budget) as Iterable<Node> as Node[],
      context,
      emitter ?? new BoundedText(budget),
    );
  };
  return liquid;
}

/**
 * Renders one part of a message. `onMissing` is called for each variable that is printed or assigned and has no value.
 */
export function renderPart(liquid: Liquid, nodes: Node[], scope: object, rendering: Rendering): string {
  const context = new RenderContext(scope, liquid, rendering);
  const text: Emitter = new BoundedText(rendering.budget);
  toValueSync(liquid.renderer.renderTemplates(nodes, context, text));
  return text.buffer;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&#34;",
  "'": "&#39;",
};

/** Prints a value for HTML. */
function escapeOutput(this: { readonly context: Context }, value: unknown): string {
  if (value instanceof Markup) return value.valueOf();
  const text = new BoundedText(budgetOf(this.context));
  text.write(value);
  return text.buffer.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
