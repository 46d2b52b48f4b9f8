/** The templates table. A saved text is live, so a cached template is read again after a few seconds. */
import { BatchGetCommand, GetCommand } from "@aws-sdk/lib-dynamodb";
import type { Templates } from "../../app/ports.ts";
import { ID } from "../../domain/documents/vocabulary.ts";
import { channels, isChannel, traitsOf } from "../../domain/messages/channel.ts";
import type { Template } from "../../domain/messages/template.ts";
import { dynamodb, queried, translated } from "./client.ts";

/** `freshFor`: how many milliseconds old a cached template may be. */
export function dynamodbTemplates(table: string, freshFor: number): Templates {
  const known = new Map<string, { readAt: number; template: Template | undefined }>();

  return {
    async get(templateId) {
      const remembered = known.get(templateId);
      const readAt = performance.now();
      if (remembered && readAt - remembered.readAt < freshFor) return remembered.template;
      const { Item } = await translated(
        dynamodb.send(new GetCommand({ TableName: table, Key: { id: templateId }, ConsistentRead: true })),
      );
      const read = Item && readTemplate(Item);
      // If the text is unchanged, return the same object: its parsed form is cached by identity.
      const template =
        read && remembered?.template && JSON.stringify(read) === JSON.stringify(remembered.template)
          ? remembered.template
          : read;
      known.set(templateId, { readAt, template });
      return template;
    },

    async known(asked) {
      const classes = new Map<string, Template["class"] | undefined>();
      let keys = [...new Set(asked)].map((id) => ({ id }));
      while (keys.length > 0) {
        const { Responses, UnprocessedKeys } = await translated(
          dynamodb.send(
            new BatchGetCommand({
              RequestItems: {
                [table]: {
                  Keys: keys.slice(0, 100),
                  ConsistentRead: true,
                  ProjectionExpression: "id, #class",
                  ExpressionAttributeNames: { "#class": "class" },
                },
              },
            }),
          ),
        );
        for (const { id, class: kind } of Responses?.[table] ?? []) classes.set(id, kind);
        keys = [...((UnprocessedKeys?.[table]?.Keys ?? []) as typeof keys), ...keys.slice(100)];
      }
      for (const channel of channels)
        for await (const { id } of queried({
          TableName: table,
          IndexName: "channel",
          KeyConditionExpression: "channel = :channel",
          ExpressionAttributeValues: { ":channel": channel },
        }))
          if (!classes.has(id as string)) classes.set(id as string, undefined);
      return classes;
    },
  };
}

/** The members of a template that sending needs. `undefined` if the item lacks a channel, a class or a text. */
function readTemplate({
  id,
  channel,
  class: kind,
  topic,
  subject,
  html,
  text,
}: Record<string, unknown>): Template | undefined {
  const parts = [subject, html, text].every((part) => part === undefined || typeof part === "string");
  if (!parts || (html ?? text) === undefined || !isChannel(channel)) return undefined;
  if (kind !== "marketing" && kind !== "transactional") return undefined;
  if (traitsOf(channel).needsSubject && subject === undefined) return undefined;
  if (topic !== undefined && !ID.test(String(topic))) return undefined;
  return { id, channel, class: kind, topic, subject, html, text } as Template;
}
