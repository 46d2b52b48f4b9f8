/**
 * The tags `for` and `tablerow` with numbers as their arguments. LiquidJS turns `limit`, `offset` and `cols` into
 * numbers several times, `cols` once for each item. A list would be converted to text each time, so a list is treated
 * as no number from the start.
 */
import { type Context, Drop, ForTag, type Hash, TablerowTag } from "liquidjs";

/** The most digits of a number in a text. */
const MOST_DIGITS = 20;

class PlainFor extends ForTag {
  constructor(...given: ConstructorParameters<typeof ForTag>) {
    super(...given);
    makePlain(this.hash);
  }
}

class PlainTablerow extends TablerowTag {
  constructor(...given: ConstructorParameters<typeof TablerowTag>) {
    super(...given);
    makePlain(this.args);
  }
}

export const plainLoops = { for: PlainFor, tablerow: PlainTablerow };

function makePlain(hash: Hash): void {
  const render = hash.render.bind(hash);
  hash.render = function* (context: Context) {
    const values: Record<string, unknown> = yield* render(context);
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plain(value)]));
  };
}

function plain(value: unknown): unknown {
  if (typeof value === "string") return value.length > MOST_DIGITS ? Number.NaN : value;
  return typeof value === "object" && value !== null && !(value instanceof Drop) ? Number.NaN : value;
}
