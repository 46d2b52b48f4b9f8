/**
 * What LiquidJS carries through one rendering: the budget, the clock, and which tag or output is rendered now. Our
 * budget replaces the limiters of LiquidJS, because LiquidJS has no other place for a budget.
 */
import { Context, Drop, type Liquid, type Template as Node } from "liquidjs";
import { copyingOf } from "./copying.ts";
import type { Clock } from "./dates.ts";
import { BoundedText, type RenderBudget, TooMuchError } from "./render-budget.ts";

/** Partials within each other. */
export const MOST_DEEP = 5;

export interface Rendering {
  readonly budget: RenderBudget;
  readonly clock: Clock;
  readonly onMissing?: ((path: readonly unknown[]) => void) | undefined;
  /** @throws when there is no such partial */
  readonly partial?: ((id: string) => ReadyPartial) | undefined;
}

/** A partial in the form that the part needs. */
export interface ReadyPartial {
  readonly liquid: Liquid;
  readonly nodes: Node[];
  /** The work that is done with the rendered text, such as making plain text of it. */
  readonly finish?: ((rendered: string) => string) | undefined;
}

type Limiter = Context["memoryLimit"];
type Path = Parameters<Context["_get"]>[0];
type Owner = Parameters<Context["readProperty"]>[0];
type Name = Parameters<Context["readProperty"]>[1];

export class RenderContext extends Context {
  readonly clock: Clock;
  readonly #scope: object;
  readonly #rendering: Rendering;
  readonly #depth: number;
  /** Whether the tag or output that is rendered now shows what it reads. */
  isShowing = false;
  /** Whether the present tag is a loop, which copies the list that it reads. */
  isLooping = false;
  /** Whether the present tag may turn a value into a number or a text: a range, or the group of a `cycle`. */
  isConverting = false;

  constructor(scope: object, liquid: Liquid, rendering: Rendering, depth = 0) {
    const limiter = rendering.budget as unknown as Limiter;
    // A tag such as `increment` changes the variables it is given.
    super({ ...scope }, liquid.options, { sync: true }, { memoryLimit: limiter, renderLimit: limiter, liquid });
    this.clock = rendering.clock;
    this.#scope = scope;
    this.#rendering = rendering;
    this.#depth = depth;
  }

  /** The text of a partial that is given these values by name. */
  *partial(id: string, values: object): Generator<unknown, string> {
    if (this.#depth >= MOST_DEEP) throw new TooMuchError(`More than ${MOST_DEEP} partials are within each other.`);
    const ready = this.#rendering.partial?.(id);
    if (!ready) throw new Error(`There is no partial "${id}".`);
    const { liquid, nodes, finish } = ready;
    const inner = new RenderContext({ ...this.#scope, ...values }, liquid, this.#rendering, this.#depth + 1);
    const text = new BoundedText(this.#rendering.budget);
    yield liquid.renderer.renderTemplates(nodes, inner, text);
    return finish ? finish(text.buffer) : text.buffer;
  }

  override *_get(path: Path): IterableIterator<unknown> {
    const budget = budgetOf(this);
    budget.work(1 + path.length);
    if (isObject(path[0])) return undefined;
    const value: unknown = yield super._get(path);
    if (this.isConverting) budget.convert(value);
    if (typeof value === "object" && value !== null) {
      if (budget.isComparing) budget.use(budget.size(value).characters);
      if (this.isLooping) budget.work(copyingOf(value));
    }
    if (this.isShowing && (value === undefined || value === null)) this.#rendering.onMissing?.(path);
    return value;
  }

  /**
   * A list is no name. LiquidJS would convert it to text each time, however large it is. A long text is hashed each
   * time.
   */
  override readProperty(of: Owner, name: Name): unknown {
    if (isObject(name)) return undefined;
    if (typeof name === "string") budgetOf(this).copy(name.length);
    if (name === "size" && isObject(of)) budgetOf(this).work(copyingOf(of));
    return super.readProperty(of, name);
  }
}

/**
 * A list or an object of the data. A drop is an object that stands for another value, or one of the objects of LiquidJS
 * itself.
 */
function isObject(value: unknown): value is object {
  const known = value instanceof Drop ? value.valueOf() : value;
  return typeof known === "object" && known !== null && !(known instanceof Drop);
}

/** The contexts that LiquidJS makes from ours share the budget. */
export function budgetOf(context: Context): RenderBudget {
  return context.memoryLimit as unknown as RenderBudget;
}

export function renderingOf(filter: unknown): RenderContext {
  const { context } = filter as { context: unknown };
  if (!(context instanceof RenderContext)) throw new TypeError("A filter runs only while a template is rendered.");
  return context;
}
