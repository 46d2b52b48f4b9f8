/**
 * Tables of members for `docs/journey-format.md`, made from the JSON Schemas, so that the page says what the validator
 * checks. The page has a marker for each table: `<!-- generated: NAME -->`, where NAME is a definition of a schema.
 */
import { readFileSync } from "node:fs";

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly examples?: readonly string[];
  readonly pattern?: string;
  readonly $ref?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

type Definitions = Readonly<Record<string, Schema>>;

export const definitions: Definitions = Object.assign(
  {},
  ...["journey", "template", "layout", "partial", "segment"].map(
    (name) => (JSON.parse(readFileSync(`schema/${name}.schema.json`, "utf8")) as { $defs: Definitions }).$defs,
  ),
);

const MARKED = /<!-- generated: (\w+) -->\n[\s\S]*?<!-- end -->/g;

/** The page with every marked table made anew. */
export function withTables(page: string): string {
  return page.replace(MARKED, (_, name: string) => `<!-- generated: ${name} -->\n${table(name)}\n<!-- end -->`);
}

export function markedIn(page: string): string[] {
  return [...page.matchAll(MARKED)].map(([, name = ""]) => name);
}

/** The object of a definition; of one with several forms, the form that is an object. */
function objectOf(name: string): Schema {
  const found = definitions[name];
  const object = found?.properties ? found : found?.anyOf?.find(({ properties }) => properties);
  if (!object) throw new Error(`There is no object "${name}" in the schemas.`);
  return object;
}

function table(name: string): string {
  const { properties = {}, required = [] } = objectOf(name);
  const rows = Object.entries(properties).map(([member, schema]) => {
    const value = member === "timezone" ? "zone" : kindOf(schema);
    const cells = [`\`${member}\``, required.includes(member) ? "yes" : "", value, meaningOf(schema)];
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  });
  return ["", "| member | required | value | meaning |", "|---|---|---|---|", ...rows, ""].join("\n");
}

const resolved = ({ $ref }: Schema) => definitions[$ref?.split("/").at(-1) ?? ""];

function meaningOf(schema: Schema): string {
  return (schema.description ?? resolved(schema)?.description ?? "").replaceAll("\n", " ");
}

/** Where the page explains what a reference names. */
const sections: Readonly<Record<string, string>> = {
  Trigger: "[trigger](#trigger)",
  Condition: "[condition](#conditions)",
  Entry: '`"once"`, `"always"` or an object',
  Sender: "object, below",
  Limits: "[limits](#limits)",
  ExitRule: "[exit rule](#exit-rules-and-goals)",
  Goal: "[goal](#exit-rules-and-goals)",
  Component: "[component](#components)",
  Data: "object of values and paths",
  UntilTime: "time of day",
  UntilField: "time in a field",
};

function kindOf(schema: Schema): string {
  if (schema.$ref) return sections[schema.$ref.split("/").at(-1) ?? ""] ?? "object";
  if (schema.const !== undefined) return `\`"${schema.const}"\``;
  if (schema.enum) return schema.enum.map((value) => `\`"${value}"\``).join(", ");
  if (schema.anyOf) return schema.anyOf.map(kindOf).join(", or ");
  if (schema.type === "array") return `list of ${amount(schema)}${plural(schema)}`;
  if (schema.type === "integer" || schema.type === "number")
    return `${schema.type === "integer" ? "whole number" : "number"}${range(schema.minimum, schema.maximum)}`;
  if (schema.type === "string") return textOf(schema);
  return schema.type === "boolean" ? "`true` or `false`" : (schema.type ?? "any");
}

function amount({ minItems = 0, maxItems }: Schema): string {
  if (maxItems === undefined) return "";
  return minItems === 0 ? `up to ${maxItems} ` : `${minItems}–${maxItems} `;
}

function plural({ items = {} }: Schema): string {
  if (items.enum) return `of ${kindOf(items)}`;
  if (items.properties)
    return `objects with ${Object.keys(items.properties)
      .map((name) => `\`${name}\``)
      .join(", ")}`;
  return items.$ref ? kindOf(items).replace("](", "s](") : `${kindOf(items)}s`;
}

function textOf({ pattern = "", examples = [], minLength, maxLength }: Schema): string {
  if (pattern.startsWith("^[a-z0-9][a-z0-9-]")) return "id";
  if (pattern.startsWith("^([01]")) return "time of day";
  if (pattern.startsWith("^event")) return "path into the event";
  if (pattern.startsWith("^((event|customer)")) return "path";
  if (examples.includes("PT1H")) return "duration";
  if (examples.includes("order.placed")) return "event name";
  return maxLength === undefined ? "text" : `text${range(minLength, maxLength)}`;
}

function range(least?: number, most?: number): string {
  if (least === undefined && most === undefined) return "";
  if (most === undefined) return `, at least ${least}`;
  return least === undefined || least === 0
    ? ` up to ${most.toLocaleString("en")}`
    : ` (${least}–${most.toLocaleString("en")})`;
}
