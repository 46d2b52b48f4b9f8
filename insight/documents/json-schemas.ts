/** The JSON Schemas that make an editor complete and explain a document as it is typed; made from the zod schemas. */
import * as z from "zod";
import { journey } from "../../lambdas/domain/journey.ts";
import { template } from "../../lambdas/domain/template.ts";

export const jsonSchemas: Readonly<Record<string, () => object>> = {
  "journey.schema.json": () => jsonSchemaOf(journey),
  "template.schema.json": () => jsonSchemaOf(template),
};

function jsonSchemaOf(schema: z.core.$ZodType): object {
  return z.toJSONSchema(schema, {
    io: "input",
    target: "draft-2020-12",
    reused: "inline",
    // Classes of Unicode characters are not known to every validator: one that trips over them would check nothing.
    override: ({ jsonSchema }) => {
      if (jsonSchema.pattern?.includes("\\p{")) delete jsonSchema.pattern;
    },
  });
}

export function textOf(name: string): string {
  return `${JSON.stringify(jsonSchemas[name]?.(), null, 2)}\n`;
}
