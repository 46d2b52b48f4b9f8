/**
 * The templates table. An admin edits the item ID; journey-publisher checks it and copies a good text into the item
 * `live#ID`, which is what is sent. The copy is one attribute, so it is not in the index of saved templates by channel.
 * A cached template is read again after a few seconds.
 */
import { BatchGetCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Templates } from "../../app/ports.ts";
import { ID } from "../../domain/documents/vocabulary.ts";
import { channels, isChannel, traitsOf } from "../../domain/messages/channel.ts";
import type { Template } from "../../domain/messages/template.ts";
import { dynamodb, queried, translated } from "./client.ts";
import { isLiveCopy, LIVE_COPY, liveCopyKey } from "./live-copy.ts";
import { unlessConflict, unlessNewer, writeOutcome } from "./outcome.ts";

type Item = Record<string, unknown>;

/** `freshFor`: how many milliseconds old a cached template may be. */
export function dynamodbTemplates(table: string, freshFor: number): Templates {
  const known = new Map<string, { readAt: number; template: Template | undefined }>();

  async function item(Key: { readonly id: string }): Promise<Item | undefined> {
    return (await translated(dynamodb.send(new GetCommand({ TableName: table, Key, ConsistentRead: true })))).Item;
  }

  async function sent(id: string): Promise<Template | undefined> {
    const live = await item(liveCopyKey(id));
    if (live) return templateIn(live);
    const saved = await item({ id });
    return saved && !isRejected(saved) ? readTemplate(saved) : undefined;
  }

  return {
    async get(templateId) {
      const remembered = known.get(templateId);
      const readAt = performance.now();
      if (remembered && readAt - remembered.readAt < freshFor) return remembered.template;
      const read = await sent(templateId);
      // If the text is unchanged, return the same object: its parsed form is cached by identity.
      const template =
        read && remembered?.template && JSON.stringify(read) === JSON.stringify(remembered.template)
          ? remembered.template
          : read;
      known.set(templateId, { readAt, template });
      return template;
    },

    async known(asked) {
      const [saved, live] = [new Map<string, Class>(), new Map<string, Class>()];
      let keys = [...new Set(asked)].flatMap((id) => [{ id }, liveCopyKey(id)]);
      while (keys.length > 0) {
        const { Responses, UnprocessedKeys } = await translated(
          dynamodb.send(
            new BatchGetCommand({
              RequestItems: {
                [table]: {
                  Keys: keys.slice(0, 100),
                  ConsistentRead: true,
                  ProjectionExpression: "id, kind, #class, #template.#class, publication.#state",
                  ExpressionAttributeNames: { "#class": "class", "#template": "template", "#state": "state" },
                },
              },
            }),
          ),
        );
        for (const found of Responses?.[table] ?? []) {
          const id = String(found.id);
          if (isLiveCopy(id)) {
            if (found.template) live.set(id.slice(LIVE_COPY.length), (found.template as Item).class as Class);
          } else if (found.kind === undefined && !isRejected(found)) saved.set(id, found.class);
        }
        keys = [...((UnprocessedKeys?.[table]?.Keys ?? []) as typeof keys), ...keys.slice(100)];
      }
      const classes = new Map([...saved, ...live]);
      for (const channel of channels)
        for await (const { id } of queried({
          TableName: table,
          IndexName: "channel",
          KeyConditionExpression: "channel = :channel",
          ExpressionAttributeValues: { ":channel": channel },
        }))
          if (!classes.has(id as string) && !asked.includes(id as string)) classes.set(id as string, undefined);
      return classes;
    },

    async live(templateId) {
      const found = await item(liveCopyKey(templateId));
      const template = found && templateIn(found);
      return template && { template, order: found.order as string | undefined };
    },

    async publish(templateId, template, publication, save = { document: undefined }) {
      if (template) {
        const { order } = save;
        const Item = {
          ...liveCopyKey(templateId),
          template,
          at: publication.at,
          ...(order !== undefined && { order }),
        };
        known.delete(templateId);
        const write = new PutCommand({ TableName: table, Item, ...unlessNewer(order) });
        if (!(await unlessConflict(dynamodb.send(write)))) return false;
      }
      await writeOutcome(table, { id: templateId }, publication, save);
      return true;
    },
  };
}

type Class = Template["class"] | undefined;

/** The template of a live copy. That of a segment has none. */
function templateIn({ template }: Item): Template | undefined {
  return template === undefined ? undefined : readTemplate(template as Item);
}

function isRejected({ publication }: Item): boolean {
  return (publication as Item | undefined)?.state === "rejected";
}

/** The members of a template that sending needs. `undefined` if the item lacks a channel, a class or a text. */
function readTemplate(item: Item): Template | undefined {
  const { id, channel, class: kind, topic, subject, html, text, preheader, languages } = item;
  const parts = [subject, html, text].every((part) => part === undefined || typeof part === "string");
  if (!parts || (html ?? text) === undefined || !isChannel(channel)) return undefined;
  if (kind !== "marketing" && kind !== "transactional") return undefined;
  if (traitsOf(channel).needsSubject && subject === undefined) return undefined;
  if (topic !== undefined && !ID.test(String(topic))) return undefined;
  return { id, channel, class: kind, topic, subject, html, text, preheader, languages } as Template;
}
