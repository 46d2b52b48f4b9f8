/** A claim about a journey, as a warning with its example. */

import type { Example } from "../../documents/example.ts";
import { type Path as DocumentPath, type Problem, pathText } from "../../documents/problem.ts";
import type { Json, JsonObject } from "../../values/json.ts";
import type { Path } from "../paths.ts";

export function claim(path: DocumentPath, code: string, message: string, example: Example, along: Path = []): Problem {
  return {
    path: pathText(path),
    code,
    message: `${message} ${exampleText(example, along)}`,
    severity: "warning",
    example,
  };
}

const MOST_NAMED = 5;

/** Such as `Example: a customer with plan "pro" and the event "order.placed" (total 20) takes the path check → thank.` */
function exampleText({ customers, events, entries }: Example, along: Path): string {
  const [first] = events;
  const { customerId: _, email: __, ...attributes } = customers[0] ?? first?.customer ?? {};
  const data = valuesText(first?.data ?? {});
  const event = first && first.event !== "customer.updated" ? `the event "${first.event}"${data && ` (${data})`}` : "";
  const traits = [valuesText(attributes), event].filter((text) => text !== "").join(" and ");
  const how = entries.length > 0 ? " in an audience run" : "";
  const ids = along.map(({ place }) => place.componentId);
  const named = ids.length > MOST_NAMED ? [ids[0], "…", ...ids.slice(1 - MOST_NAMED)] : ids;
  const way = named.length > 0 ? ` takes the path ${named.join(" → ")}` : "";
  return `Example: a customer${traits && ` with ${traits}`}${how}${way}.`;
}

const MOST_CHARACTERS = 60;

function valuesText(values: JsonObject): string {
  const text = Object.entries(values)
    .filter(([, value]) => !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name} ${valueText(value)}`)
    .join(", ");
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…`.toWellFormed() : text;
}

const valueText = (value: Json) => JSON.stringify(value);
