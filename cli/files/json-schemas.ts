/** The JSON Schemas, made from the zod schemas. An editor uses them to complete and explain documents. */
import * as z from "zod/mini";
import { journey } from "../../lambdas/domain/journey/journey.ts";
import { layout, partial } from "../../lambdas/domain/messages/shared-text-schema.ts";
import { template } from "../../lambdas/domain/messages/template.ts";
import { segment } from "../../lambdas/domain/segments/segment.ts";
import { journeyTestFile } from "../../proof/expectations/journey-test.ts";

export const jsonSchemas: Readonly<Record<string, () => object>> = {
  "journey.schema.json": () => jsonSchemaOf(journey),
  "template.schema.json": () => jsonSchemaOf(template),
  "layout.schema.json": () => jsonSchemaOf(layout),
  "partial.schema.json": () => jsonSchemaOf(partial),
  "segment.schema.json": () => jsonSchemaOf(segment),
  "test.schema.json": () => jsonSchemaOf(journeyTestFile),
};

function jsonSchemaOf(schema: z.core.$ZodType): object {
  return z.toJSONSchema(schema, {
    io: "input",
    target: "draft-2020-12",
    reused: "inline",
    // Some validators do not know Unicode classes and would then reject the whole schema.
    override: ({ jsonSchema }) => {
      if (jsonSchema.pattern?.includes("\\p{")) delete jsonSchema.pattern;
    },
  });
}

export function textOf(name: string): string {
  return `${JSON.stringify(jsonSchemas[name]?.(), null, 2)}\n`;
}
