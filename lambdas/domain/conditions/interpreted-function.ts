/**
 * The module `#condition-function` in a browser. The content security policy of the console lets no text become code,
 * so this module reads the expression that `compiled-function.ts` compiles, and makes a function of each of its parts.
 */
type Facts = Readonly<Record<string, unknown>>;
type Read = (facts: Facts) => unknown;
type Call = (...given: unknown[]) => unknown;

/** Makes the function of an expression. In the expression, `c0`, `c1` … stand for the constants. */
export function functionOf(expression: string, constants: readonly unknown[]): (facts: never) => unknown {
  const tokens = tokensOf(expression);
  const read = expressionIn(tokens, constants);
  if (tokens.length > 0) throw refused();
  return read as (facts: never) => unknown;
}

const isFact = (word: string | undefined): word is string =>
  word === "event" || word === "customer" || word === "enrollmentEvent" || word === "key";

const refused = () => new Error("The expression contains a word that is not allowed.");

/** The words and signs, the last one first, so that `pop` takes the next one. */
function tokensOf(expression: string): string[] {
  const tokens = expression.match(/\w+|\?\.|===|&&|\|\||[.,()[\]!]/g) ?? [];
  if (tokens.join("") !== expression) throw refused();
  return tokens.reverse();
}

function expressionIn(tokens: string[], constants: readonly unknown[]): Read {
  const inner = () => expressionIn(tokens, constants);
  const first = tokens.pop();
  if (first === "!") {
    const negated = inner();
    return (facts) => !negated(facts);
  }
  let read = first === "(" ? combined(tokens, inner) : named(first, constants);
  for (;;) {
    const before = read;
    if (taken(tokens, "(")) {
      const given = listIn(tokens, inner);
      read = (facts) => (before(facts) as Call)(...given.map((each) => each(facts)));
    } else if (taken(tokens, ".")) {
      const name = tokens.pop();
      if (!isFact(name)) throw refused();
      read = (facts) => (before(facts) as Facts)[name];
    } else if (taken(tokens, "?.")) {
      need(tokens, "[");
      const name = inner();
      need(tokens, "]");
      read = (facts) => (before(facts) as Facts | null | undefined)?.[name(facts) as string];
    } else return read;
  }
}

function named(word: string | undefined, constants: readonly unknown[]): Read {
  if (word === "facts") return (facts) => facts;
  if (word === "true" || word === "false") return () => word === "true";
  if (word === undefined || !/^c\d+$/.test(word)) throw refused();
  const constant = constants[Number(word.slice(1))];
  return () => constant;
}

/** The inside of parentheses: parts between signs of one kind. */
function combined(tokens: string[], inner: () => Read): Read {
  let read = inner();
  while (!taken(tokens, ")")) {
    const [sign, left, right] = [tokens.pop(), read, inner()];
    if (sign === "&&") read = (facts) => left(facts) && right(facts);
    else if (sign === "||") read = (facts) => left(facts) || right(facts);
    else if (sign === "===") read = (facts) => left(facts) === right(facts);
    else throw refused();
  }
  return read;
}

function listIn(tokens: string[], inner: () => Read): Read[] {
  const list = [inner()];
  while (taken(tokens, ",")) list.push(inner());
  need(tokens, ")");
  return list;
}

function taken(tokens: string[], token: string): boolean {
  if (tokens.at(-1) !== token) return false;
  tokens.pop();
  return true;
}

function need(tokens: string[], token: string): void {
  if (!taken(tokens, token)) throw refused();
}
