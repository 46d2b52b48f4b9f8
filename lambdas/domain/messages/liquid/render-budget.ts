/**
 * How much work and memory one message may take. The budget counts steps and characters, never time: a busy machine
 * renders the same messages as an idle one.
 *
 * A step is about a microsecond: one tag or output of a template, one filter, or 100 characters copied. All parts of a
 * message share one budget. The limiters of LiquidJS are not sufficient: they measure each part separately, count
 * milliseconds, and count a list by its length, although a list of lists may print a gigabyte.
 */
import { Drop } from "liquidjs";
import { utf8Length } from "../../values/utf8-length.ts";

export const MOST_STEPS = 250_000;
/** Bytes of UTF-8 of one part, of a captured text, and of a value that a filter makes. */
export const MOST_BYTES = 1_000_000;
/** Bytes of UTF-8 of all parts together. */
export const MOST_BYTES_TOGETHER = 2_000_000;
const MOST_NESTED = 100;
const CHARACTERS_PER_STEP = 100;
/** The steps of an operation that visits each item of a list: an item is at least two characters. */
const WALKED_PER_STEP = 5;
/** The characters that count for a value that is no text, list or object of the data. */
const PLAIN = 8;

/** The message would be larger, or take more work, than any good message does. */
export class TooMuchError extends Error {}

/** `characters` that the value prints at most, as text or as JSON without indentation; and how deep it is nested. */
interface Size {
  readonly characters: number;
  readonly depth: number;
}

export class RenderBudget {
  #steps = 0;
  #bytes = 0;
  /** Whether values are read in order to be compared, which no filter or operator pays for: in a `case`. */
  isComparing = false;
  readonly #sizes = new WeakMap<object, Size>();

  get steps(): number {
    return this.#steps;
  }

  /** @throws TooMuchError */
  work(steps: number): void {
    this.#steps += steps;
    if (!(this.#steps <= MOST_STEPS)) throw new TooMuchError(`The template takes more than ${MOST_STEPS} steps.`);
  }

  /** LiquidJS calls this for each tag and output. LiquidJS passes the time, which this budget ignores. */
  check(): void {
    this.work(1);
  }

  /** LiquidJS calls this with the characters or list items that it is about to make. */
  use(count: number): void {
    if (!(Number(count) > 0)) return;
    if (Number(count) > MOST_BYTES) throw new TooMuchError(`A value is larger than ${MOST_BYTES} characters.`);
    this.work(Number(count) / (this.isComparing ? WALKED_PER_STEP : CHARACTERS_PER_STEP));
  }

  copy(characters: number): void {
    this.work(characters / CHARACTERS_PER_STEP);
  }

  /** Every item of a list is visited. */
  walk(characters: number): void {
    this.work(characters / WALKED_PER_STEP);
  }

  /** A value is turned into a number or a text: a list item by item, a text in one go. */
  convert(value: unknown): void {
    const { characters } = this.size(value);
    if (typeof value === "object") this.walk(characters);
    else this.copy(characters);
  }

  /** A part is finished. */
  finish(part: string): void {
    this.#bytes += utf8Length(part);
    if (this.#bytes > MOST_BYTES_TOGETHER)
      throw new TooMuchError(`The parts of the message have more than ${MOST_BYTES_TOGETHER} bytes together.`);
  }

  /**
   * The size of a value, without printing it. The sizes of lists and objects are remembered, because a list may hold
   * the same list twice, and that list may do the same: the printed text would double at every level.
   * @throws TooMuchError when the value is too large to be printed
   */
  size(value: unknown): Size {
    if (typeof value === "string") return within({ characters: value.length, depth: 0 });
    if (typeof value === "number") return { characters: String(value).length, depth: 0 };
    if (typeof value !== "object" || value === null || value instanceof Drop) return plain;
    const known = this.#sizes.get(value);
    if (known) return known;
    let characters = 2;
    let depth = 0;
    const members = Array.isArray(value) ? value : Object.values(value);
    for (const member of members) {
      const size = this.size(member);
      characters += size.characters + 1;
      if (size.depth > depth) depth = size.depth;
      if (characters > MOST_BYTES) break;
    }
    if (!Array.isArray(value)) for (const name of Object.keys(value)) characters += name.length + 3;
    this.work(members.length / CHARACTERS_PER_STEP);
    const size = within({ characters, depth: depth + 1 });
    this.#sizes.set(value, size);
    return size;
  }
}

const plain: Size = { characters: PLAIN, depth: 0 };

function within(size: Size): Size {
  if (size.characters > MOST_BYTES) throw new TooMuchError(`A value is larger than ${MOST_BYTES} characters.`);
  if (size.depth > MOST_NESTED) throw new TooMuchError(`A value is nested deeper than ${MOST_NESTED} levels.`);
  return size;
}

/** Collects what a template writes, and counts it while it is written. */
export class BoundedText {
  buffer = "";
  #bytes = 0;
  readonly #budget: RenderBudget;

  constructor(budget: RenderBudget) {
    this.#budget = budget;
  }

  write(value: unknown): void {
    const text = this.#text(value);
    this.#bytes += utf8Length(text);
    if (this.#bytes > MOST_BYTES) throw new TooMuchError(`A part of the message has more than ${MOST_BYTES} bytes.`);
    this.#budget.copy(text.length);
    this.buffer += text;
  }

  #text(value: unknown): string {
    if (typeof value === "string") return value;
    this.#budget.walk(this.#budget.size(value).characters);
    return printed(value);
  }
}

/** Prints values as LiquidJS does: a list without separators, and nothing for a missing value. */
function printed(value: unknown): string {
  const known = value instanceof Drop ? value.valueOf() : value;
  if (known === undefined || known === null) return "";
  return Array.isArray(known) ? known.map(printed).join("") : String(known);
}
