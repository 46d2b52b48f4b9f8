/** The expressions of DynamoDB, as far as the adapters write them. Any other expression is an error. */

export type Item = Readonly<Record<string, unknown>>;

/** A request's expressions, with its values unmarshalled. */
export interface Given {
  readonly values: Item;
  readonly names: Readonly<Record<string, string>>;
}

type Comparison = (a: string | number, b: string | number) => boolean;

const comparisons: Readonly<Record<string, Comparison>> = {
  "=": (a, b) => a === b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">=": (a, b) => a >= b,
};

const functions: Readonly<Record<string, (value: unknown, argument: unknown) => boolean>> = {
  attribute_exists: (value) => value !== undefined,
  attribute_not_exists: (value) => value === undefined,
  begins_with: (value, start) => typeof value === "string" && value.startsWith(String(start)),
};

/** Whether an item meets a condition. An attribute that the item lacks meets no comparison. */
export function meets(item: Item | undefined, condition: string, given: Given): boolean {
  const plain = condition.replace(/(\S+) BETWEEN (\S+) AND (\S+)/g, "$1 >= $2 AND $1 <= $3");
  return plain.split(" OR ").some((all) => all.split(" AND ").every((term) => meetsTerm(item ?? {}, term, given)));
}

function meetsTerm(item: Item, term: string, given: Given): boolean {
  const [, call, of = "", argument = ""] = /^(\w+)\((\S+?)(?:, (\S+))?\)$/.exec(term) ?? [];
  const check = call === undefined ? undefined : functions[call];
  if (check) return check(read(item, of, given), read(item, argument, given));
  const [left = "", operator = "", right = ""] = term.split(" ");
  const compare = comparisons[operator];
  if (!compare) throw new Error(`The test's tables do not understand the condition ${term}.`);
  const [a, b] = [read(item, left, given), read(item, right, given)] as [string | number, string | number];
  return typeof a === typeof b && a !== undefined && compare(a, b);
}

/** The item after an update: `SET a = :a`, `SET a = a + :a`, `ADD a :a, b :b`, or one of each. */
export function updated(item: Item, expression: string, given: Given): Item {
  const after: Record<string, unknown> = { ...item };
  for (const section of expression.split(/ (?=ADD |SET )/)) {
    const [action, ...words] = section.split(" ");
    for (const clause of words.join(" ").split(", ")) {
      const [target = "", ...rest] = clause.split(" ");
      const name = given.names[target] ?? target;
      const [first, second] = rest
        .filter((word) => word !== "=" && word !== "+")
        .map((word) => read(item, word, given));
      if (action === "SET") after[name] = second === undefined ? first : Number(first) + Number(second);
      else if (action === "ADD" && first instanceof Set)
        after[name] = new Set([...((item[name] as Set<unknown>) ?? []), ...first]);
      else if (action === "ADD") after[name] = Number(item[name] ?? 0) + Number(first);
      else throw new Error(`The test's tables do not understand the update ${expression}.`);
    }
  }
  return after;
}

function read(item: Item, word: string, { values, names }: Given): unknown {
  return word.startsWith(":") ? values[word] : item[names[word] ?? word];
}
