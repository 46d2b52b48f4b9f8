/** The JSON Schemas are those of the code, explain every member, and agree with it on what is good. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { jsonSchemas, textOf } from "../../cli/json-schemas.ts";

type Schema = {
  properties?: Record<string, Schema>;
  $ref?: string;
  $defs?: Record<string, Schema>;
  description?: string;
  [key: string]: unknown;
};

describe.each(Object.keys(jsonSchemas))("schema/%s", (name) => {
  const text = readFileSync(`schema/${name}`, "utf8");
  const schema = JSON.parse(text) as Schema;

  test("is up to date (npm run schema)", () => expect(text).toBe(textOf(name)));

  test("describes every member", () => {
    const silent: string[] = [];
    const walk = (part: unknown, path: string): void => {
      if (typeof part !== "object" || part === null) return;
      for (const [key, value] of Object.entries(part)) {
        if (key === "properties")
          for (const [member, sub] of Object.entries(value as Record<string, Schema>)) {
            const target = sub.$ref ? schema.$defs?.[sub.$ref.split("/").at(-1) ?? ""] : undefined;
            if (!sub.description && !target?.description) silent.push(`${path}.${member}`);
          }
        walk(value, key === "properties" ? path : `${path}/${key}`);
      }
    };
    walk(schema, name);
    expect(silent).toEqual([]);
  });

  test("refuses unknown members", () => {
    const [root] = Object.values(schema.$defs ?? {}).filter(({ title }) =>
      name.startsWith(String(title).toLowerCase()),
    );
    expect(root?.additionalProperties).toBe(false);
  });
});
