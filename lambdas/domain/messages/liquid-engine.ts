/**
 * LiquidJS, set up so that a template is a function of its arguments, reaches nothing else, and does bounded work.
 *
 * Nothing is read from disk, no filter draws lots, and prototypes cannot be reached. Every tag, output, variable, filter
 * and comparison is paid for from the message's budget before it runs, and every value that a filter makes is measured.
 */
import {
  Context,
  defaultOperators,
  type Emitter,
  Liquid,
  type Template as Node,
  Output,
  toValueSync,
  Value,
} from "liquidjs";
import { type Clock, registerDateFilters } from "./liquid-dates.ts";
import { BoundedText, type RenderBudget } from "./render-budget.ts";

export type { Node };

/** Tags that read other files. */
const foreign = ["include", "render", "layout", "block"];
/** Filters whose result is random. */
const random = ["sample"];
/** What the author escapes by hand is not escaped twice. */
const escaping = ["escape", "escape_once", "xml_escape"];

/** Filters that look at one item, or at the length only. */
const constant = new Set(["size", "first", "last", "default", "raw"]);
/** Filters that copy a list, item by item. The other filters on a list compare or evaluate each item. */
const copying = new Set(["push", "pop", "shift", "unshift", "concat", "reverse", "slice", "compact", "uniq", "join"]);
/** Steps of a date; LiquidJS makes a formatter for each name of a month, day or zone. */
const DATE_STEPS = 40;
const NAME_STEPS = 120;
const NAMES = /[aAbBchPpxXZ]/g;
const COPIED_PER_STEP = 20;
/** Characters that a filter reads; most filters use a regular expression. */
const FILTERED_PER_STEP = 30;
/** Steps for each item of a list that a filter evaluates. */
const EVALUATION = 3;

export function engine(part: "subject" | "html" | "text"): Liquid {
  const liquid = new Liquid({
    parseLimit: 400_000,
    ownPropertyOnly: true,
    strictFilters: true,
    cache: false,
    templates: {},
    timezoneOffset: 0,
    locale: "en-US",
    operators: operators(),
    ...(part === "html" && { outputEscape: escapeOutput }),
  });
  for (const tag of foreign) delete liquid.tags[tag];
  for (const filter of random) delete liquid.filters[filter];
  registerDateFilters(liquid, (filter) => renderingOf(filter).clock);
  for (const [name, filter] of Object.entries(liquid.filters)) {
    const handler = (typeof filter === "function" ? filter : filter.handler) as Handler;
    const isRaw = (typeof filter === "object" && filter.raw === true) || (part === "html" && escaping.includes(name));
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

/** Renders one part of a message. `onMissing` hears of each variable that is printed or assigned and has no value. */
export function renderPart(
  liquid: Liquid,
  nodes: Node[],
  scope: object,
  { budget, clock, onMissing }: Rendering,
): string {
  const context = new RenderContext({ ...scope }, liquid, budget, clock, onMissing);
  const text: Emitter = new BoundedText(budget);
  toValueSync(liquid.renderer.renderTemplates(nodes, context, text));
  return text.buffer;
}

export interface Rendering {
  readonly budget: RenderBudget;
  readonly clock: Clock;
  readonly onMissing?: ((path: readonly unknown[]) => void) | undefined;
}

type Limiter = Context["memoryLimit"];
type Path = Parameters<Context["_get"]>[0];

class RenderContext extends Context {
  readonly clock: Clock;
  readonly #onMissing: Rendering["onMissing"];
  /** Whether the tag or output that is rendered now shows what it reads. */
  isShowing = false;
  /** Whether it is a loop, which copies the list that it reads. */
  isLooping = false;

  constructor(scope: object, liquid: Liquid, budget: RenderBudget, clock: Clock, onMissing: Rendering["onMissing"]) {
    const limiter = budget as unknown as Limiter;
    super(scope, liquid.options, { sync: true }, { memoryLimit: limiter, renderLimit: limiter, liquid });
    this.clock = clock;
    this.#onMissing = onMissing;
  }

  override *_get(path: Path): IterableIterator<unknown> {
    const budget = budgetOf(this);
    budget.work(1 + path.length);
    const value: unknown = yield super._get(path);
    if (typeof value === "object" && value !== null) {
      if (budget.isComparing) budget.use(budget.size(value).characters);
      if (this.isLooping) budget.work(copyingOf(value));
    }
    if (this.isShowing && (value === undefined || value === null)) this.#onMissing?.(path);
    return value;
  }
}

/** The contexts that LiquidJS makes from ours share the budget. */
function budgetOf(context: Context): RenderBudget {
  return context.memoryLimit as unknown as RenderBudget;
}

function renderingOf(filter: unknown): RenderContext {
  const { context } = filter as { context: unknown };
  if (!(context instanceof RenderContext)) throw new TypeError("A filter runs only while a template is rendered.");
  return context;
}

/** Each tag and output, paid for before it is rendered. */
function* paidNodes(nodes: Iterable<Node>, context: Context, budget: RenderBudget): Generator<Node> {
  for (const node of nodes) {
    const { steps, shows, compares, loops } = traitsOf(node);
    budget.work(steps);
    budget.isComparing = compares;
    if (context instanceof RenderContext) {
      context.isShowing = shows;
      context.isLooping = loops;
    }
    yield node;
  }
}

interface Traits {
  readonly steps: number;
  /** A condition asks whether there is a value, and `default` has an answer where there is none. */
  readonly shows: boolean;
  readonly compares: boolean;
  readonly loops: boolean;
}
const traits = new WeakMap<Node, Traits>();

function traitsOf(node: Node): Traits {
  let known = traits.get(node);
  if (!known) {
    const values = [...((node.arguments?.() as Iterable<unknown> | undefined) ?? [])];
    const steps = values.length + node.token.getText().length / 50;
    const hasDefault = values.some(
      (value) => value instanceof Value && value.filters.some(({ name }) => name === "default"),
    );
    const name = "name" in node ? String(node.name) : "";
    const isCondition = ["if", "unless", "case"].includes(name);
    known = {
      steps: node instanceof Output || values.length > 0 ? steps : 0,
      shows: !isCondition && !hasDefault,
      compares: name === "case",
      loops: name === "for" || name === "tablerow",
    };
    traits.set(node, known);
  }
  return known;
}

type Handler = (this: { readonly context: Context }, ...values: unknown[]) => unknown;

/** The filter, paid for before it runs; what it makes is measured afterwards. */
function paid(name: string, handler: Handler): Handler {
  return function* (value, ...rest) {
    const budget = budgetOf(this.context);
    budget.work(1);
    if (!constant.has(name)) budget.work(stepsOf(name, value, rest, budget));
    const made: unknown = yield handler.call(this, value, ...rest);
    budget.size(made);
    return made;
  };
}

function stepsOf(name: string, value: unknown, rest: readonly unknown[], budget: RenderBudget): number {
  const given = budget.size(value);
  const sizes = rest.map((each) => budget.size(each));
  const longest = Math.max(0, ...sizes.map(({ characters }) => characters));
  const copied = longest / FILTERED_PER_STEP + reading(value, given.characters);
  if (name.startsWith("date")) return copied + dateSteps(name === "date" ? rest[0] : "%b");
  if (name.includes("json") || name === "inspect") {
    const indented =
      given.characters * given.depth * Math.min(10, Math.max(0, Number(rest[0]) || String(rest[0] ?? "").length));
    budget.use(given.characters + indented);
    return copied;
  }
  if (typeof value !== "object" || value === null) return copied;
  if (copying.has(name)) return copied + copyingOf(value);
  return copied + itemsOf(value) * (EVALUATION + longest / 20);
}

/** Comparisons of lists look at each item, so that they are paid for by size. */
function operators(): typeof defaultOperators {
  const entries = Object.entries(defaultOperators).map(([name, compare]) => {
    const binary = compare as (left: unknown, right: unknown, context: Context) => unknown;
    const unary = compare as (value: unknown, context: Context) => unknown;
    if (name === "not") return [name, (value: unknown, context: Context) => unary(value, context)];
    return [
      name,
      (left: unknown, right: unknown, context: Context) => {
        const budget = budgetOf(context);
        const [a, b] = [budget.size(left), budget.size(right)];
        budget.work(0.5 + comparing(left, a.characters) + comparing(right, b.characters));
        return binary(left, right, context);
      },
    ];
  });
  return Object.fromEntries(entries) as typeof defaultOperators;
}

function dateSteps(pattern: unknown): number {
  if (typeof pattern !== "string") return DATE_STEPS + 5 * NAME_STEPS;
  return DATE_STEPS + pattern.length * 2 + (pattern.match(NAMES)?.length ?? 0) * NAME_STEPS;
}

const itemsOf = (value: object) => (Array.isArray(value) ? value.length : Object.keys(value).length);

/** A list is copied in one go; the members of an object become a list of pairs first. */
const copyingOf = (value: object) => itemsOf(value) / (Array.isArray(value) ? COPIED_PER_STEP : 1);

/** A list is printed item by item, a text read in one go. */
const reading = (value: unknown, characters: number) =>
  characters / (typeof value === "object" ? 5 : FILTERED_PER_STEP);

/** A list is compared item by item, a text in one go. */
const comparing = (value: unknown, characters: number) => characters / (typeof value === "object" ? 5 : 100);

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&#34;",
  "'": "&#39;",
};

/** Prints a value for HTML. */
function escapeOutput(this: { readonly context: Context }, value: unknown): string {
  const text = new BoundedText(budgetOf(this.context));
  text.write(value);
  return text.buffer.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
