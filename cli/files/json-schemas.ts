/** The JSON Schemas, made from the zod schemas. An editor uses them to complete and explain documents. */
import * as z from "zod/mini";
import { journey } from "../../lambdas/domain/journey/journey.ts";
import { channels } from "../../lambdas/domain/messages/channel.ts";
import { traitsOf } from "../../lambdas/domain/messages/channel-traits.ts";
import { layout, partial } from "../../lambdas/domain/messages/shared-text-schema.ts";
import { contentsOf, template } from "../../lambdas/domain/messages/template.ts";
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

/** The members of a template that belong together: a subject with its content, or for some channels the content alone. */
const contentOfTemplate = [
  { required: ["subject", "html"] },
  { required: ["subject", "text"] },
  ...channels
    .filter((channel) => !traitsOf(channel).needsSubject)
    .flatMap((channel) =>
      contentsOf(channel).map((part) => ({
        required: [part],
        properties: { channel: { const: channel, description: "Its messages need no subject" } },
      })),
    ),
];

function jsonSchemaOf(schema: z.core.$ZodType): object {
  return z.toJSONSchema(schema, {
    io: "input",
    target: "draft-2020-12",
    reused: "inline",
    // Some validators do not know Unicode classes and would then reject the whole schema.
    override: ({ zodSchema, jsonSchema }) => {
      if (jsonSchema.pattern?.includes("\\p{")) delete jsonSchema.pattern;
      if (zodSchema === template) jsonSchema.anyOf = contentOfTemplate;
    },
  });
}

export function textOf(name: string): string {
  return `${JSON.stringify(jsonSchemas[name]?.(), null, 2)}\n`;
}
