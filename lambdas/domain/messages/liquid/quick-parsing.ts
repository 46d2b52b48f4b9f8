/**
 * Replaces two steps of LiquidJS. Their work grows with the square of the length of a template; the work of the steps
 * here grows with the length. With the steps of LiquidJS, a template of 300 kB with thousands of values would keep
 * journey-publisher busy until its time-out.
 *
 * LiquidJS counts the line and column of each variable from the start of the template; this file finds the lines once.
 * LiquidJS also removes each token from the front of an array, which moves all other tokens.
 */
import { Token, Tokenizer, type TopLevelToken } from "liquidjs";

let last: { readonly input: string; readonly starts: readonly number[] } = { input: "", starts: [0] };

/** Where each line of the text starts. The tokens of one template ask for their lines in order. */
function lineStarts(input: string): readonly number[] {
  if (last.input !== input) {
    const starts = [0];
    for (let end = input.indexOf("\n"); end >= 0; end = input.indexOf("\n", end + 1)) starts.push(end + 1);
    last = { input, starts };
  }
  return last.starts;
}

/** Line and column, from 1. */
export function positionIn(input: string, at: number): [line: number, column: number] {
  const starts = lineStarts(input);
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return [low + 1, at - (starts[low] ?? 0) + 1];
}

Token.prototype.getPosition = function (this: Token): [number, number] {
  return positionIn(this.input, this.begin);
};

/** Removes tokens from the front by counting, so that no token is moved. LiquidJS uses nothing else but the length. */
class TokenQueue extends Array<TopLevelToken> {
  private taken = 0;

  override shift(): TopLevelToken | undefined {
    const token = this[this.taken++];
    if (this.taken >= this.length) this.length = 0;
    return token;
  }
}

const readTopLevelTokens = Tokenizer.prototype.readTopLevelTokens;
Tokenizer.prototype.readTopLevelTokens = function (this: Tokenizer, options) {
  const queue = new TokenQueue();
  for (const token of readTopLevelTokens.call(this, options)) queue.push(token);
  return queue;
};
