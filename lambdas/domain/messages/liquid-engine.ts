/**
 * LiquidJS, set up so that a template is a function of its arguments, reaches nothing else, and does bounded work.
 *
 * Nothing is read from disk, no filter draws lots, and prototypes cannot be reached. Every tag, output, variable, filter
 * and comparison is paid for from the message's budget before it runs, and every value that a filter makes is measured.
 */
import {
  Context,
  Drop,
  defaultOperators,
  type Emitter,
  Liquid,
  type Template as Node,
  Output,
  toValueSync,
  Value,
} from "liquidjs";
import { type Clock, registerDateFilters } from "./liquid-dates.ts";
import { plainLoops } from "./liquid-loops.ts";
import { comparing, constant, copyingOf, stepsOf } from "./liquid-prices.ts";
import { BoundedText, type RenderBudget } from "./render-budget.ts";

export type { Node };

/** Tags that read other files. */
const foreign = ["include", "render", "layout", "block"];
/** Filters whose result is random. */
const random = ["sample"];
/** What the author escapes by hand is not escaped twice. */
const escaping = ["escape", "escape_once", "xml_escape"];

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
  for (const [name, tag] of Object.entries(plainLoops)) liquid.registerTag(name, tag);
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
type Owner = Parameters<Context["readProperty"]>[0];
type Name = Parameters<Context["readProperty"]>[1];

class RenderContext extends Context {
  readonly clock: Clock;
  readonly #onMissing: Rendering["onMissing"];
  /** Whether the tag or output that is rendered now shows what it reads. */
  isShowing = false;
  /** Whether it is a loop, which copies the list that it reads. */
  isLooping = false;
  /** Whether it may turn what it reads into a number or a text: a range, or the group of a `cycle`. */
  isConverting = false;

  constructor(scope: object, liquid: Liquid, budget: RenderBudget, clock: Clock, onMissing: Rendering["onMissing"]) {
    const limiter = budget as unknown as Limiter;
    super(scope, liquid.options, { sync: true }, { memoryLimit: limiter, renderLimit: limiter, liquid });
    this.clock = clock;
    this.#onMissing = onMissing;
  }

  override *_get(path: Path): IterableIterator<unknown> {
    const budget = budgetOf(this);
    budget.work(1 + path.length);
    if (isList(path[0])) return undefined;
    const value: unknown = yield super._get(path);
    if (this.isConverting) budget.convert(value);
    if (typeof value === "object" && value !== null) {
      if (budget.isComparing) budget.use(budget.size(value).characters);
      if (this.isLooping) budget.work(copyingOf(value));
    }
    if (this.isShowing && (value === undefined || value === null)) this.#onMissing?.(path);
    return value;
  }

  /** A list is no name. LiquidJS would write it out, as large as it is, each time. */
  override readProperty(of: Owner, name: Name): unknown {
    if (isList(name)) return undefined;
    if (String(name) === "size" && isList(of)) budgetOf(this).work(copyingOf(of));
    return super.readProperty(of, name);
  }
}

function isList(value: unknown): value is object {
  const known = value instanceof Drop ? value.valueOf() : value;
  return typeof known === "object" && known !== null && !(known instanceof Drop);
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
    const { steps, shows, compares, loops, converts } = traitsOf(node);
    budget.work(steps);
    budget.isComparing = compares;
    if (context instanceof RenderContext) {
      context.isShowing = shows;
      context.isLooping = loops;
      context.isConverting = converts;
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
  readonly converts: boolean;
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
      converts: name === "cycle" || node.token.getText().includes(".."),
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
