/**
 * The templates table. An admin edits the item ID; journey-publisher checks it and copies a good text into the item
 * `live#ID`, of which messages are made. The copy is one attribute, so it is not in the index of saved templates by channel.
 * A cached template is read again after a few seconds.
 */

import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Templates } from "../../app/ports.ts";
import { members } from "../../domain/documents/unchecked-document.ts";
import { ID } from "../../domain/documents/vocabulary.ts";
import { channels, isChannel } from "../../domain/messages/channel.ts";
import { traitsOf } from "../../domain/messages/channel-traits.ts";
import { isSharedKind, type SharedText } from "../../domain/messages/shared-text.ts";
import type { Template } from "../../domain/messages/template.ts";
import { dynamodb, itemAt, itemsAt, queried } from "./client.ts";
import { CHANNEL_INDEX } from "./indexes.ts";
import { readable } from "./items/item-format.ts";
import { isLiveCopy, LIVE_COPY, liveCopyKey } from "./journey-keys.ts";
import { unlessConflict, unlessNewer, writeOutcome } from "./outcome.ts";

type Item = Record<string, unknown>;

/** `freshFor`: how many milliseconds old a cached template may be. */
export function dynamodbTemplates(table: string, freshFor: number): Templates {
  const known = new Map<string, { readAt: number; text: Text | undefined }>();

  const item = (key: { readonly id: string }): Promise<Item | undefined> => itemAt(table, key);

  async function sent(id: string): Promise<Text | undefined> {
    const live = await item(liveCopyKey(id));
    if (live) return textIn(live);
    const saved = await item({ id });
    // Only a template can have been saved before there were live copies.
    return saved && !isRejected(saved) ? readTemplate(saved) : undefined;
  }

  async function cached(id: string): Promise<Text | undefined> {
    const remembered = known.get(id);
    const readAt = performance.now();
    if (remembered && readAt - remembered.readAt < freshFor) return remembered.text;
    const read = await sent(id);
    // If the text is unchanged, return the same object: its parsed form is cached by identity.
    const text =
      read && remembered?.text && JSON.stringify(read) === JSON.stringify(remembered.text) ? remembered.text : read;
    known.set(id, { readAt, text });
    return text;
  }

  return {
    async get(templateId) {
      const text = await cached(templateId);
      return text && "channel" in text ? text : undefined;
    },

    async shared(id) {
      const text = await cached(id);
      return text && "kind" in text ? text : undefined;
    },

    async known(asked) {
      const [saved, live] = [new Map<string, Class>(), new Map<string, Class>()];
      const keys = [...new Set(asked)].flatMap((id) => [{ id }, liveCopyKey(id)]);
      for await (const found of itemsAt(table, keys, CLASS)) {
        const id = String(found.id);
        // A layout, partial or segment is no template.
        const copy = found.template as Item | undefined;
        if (isLiveCopy(id)) {
          if (copy && !isSharedKind(copy.kind)) live.set(id.slice(LIVE_COPY.length), copy.class as Class);
        } else if (found.kind === undefined && !isRejected(found)) saved.set(id, found.class);
      }
      const classes = new Map([...saved, ...live]);
      for (const channel of channels)
        for await (const { id } of queried({
          TableName: table,
          IndexName: CHANNEL_INDEX,
          KeyConditionExpression: "channel = :channel",
          ExpressionAttributeValues: { ":channel": channel },
        }))
          if (!classes.has(id as string) && !asked.includes(id as string)) classes.set(id as string, undefined);
      return classes;
    },

    async live(id) {
      const found = await item(liveCopyKey(id));
      const text = found && textIn(found);
      return text && { text, order: found.order as string | undefined };
    },

    async publish(templateId, text, publication, save = { document: undefined }) {
      if (text) {
        const { order } = save;
        const Item = {
          ...liveCopyKey(templateId),
          template: text,
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

/** The members that say the class of a template, in a saved document and in a live copy. */
const CLASS = {
  ProjectionExpression: "id, #class, kind, #template.#class, #template.kind, publication.#state",
  ExpressionAttributeNames: { "#class": "class", "#template": "template", "#state": "state" },
};

type Text = Template | SharedText;
type Class = Template["class"] | undefined;

/** The text of a live copy. The live copy of a segment has no text. */
function textIn(copy: Item): Text | undefined {
  const { template } = readable("template", copy);
  return template === undefined ? undefined : readText(template as Item);
}

function isRejected({ publication }: Item): boolean {
  return (publication as Item | undefined)?.state === "rejected";
}

function readText(item: Item): Text | undefined {
  const { id, kind, html, text, languages } = item;
  if (!isSharedKind(kind)) return readTemplate(item);
  return typeof html === "string" ? ({ id, kind, html, text, languages } as SharedText) : undefined;
}

/** The members of a template that sending needs. `undefined` if the item lacks a channel, a class or a text. */
function readTemplate(item: Item): Template | undefined {
  const { id, channel, class: kind, topic, layout, subject, html, text, preheader, whatsapp, languages } = item;
  const parts = [subject, html, text].every((part) => part === undefined || typeof part === "string");
  if (!parts || (html ?? text ?? whatsapp) === undefined || !isChannel(channel)) return undefined;
  if (whatsapp !== undefined && typeof members(whatsapp).template !== "string") return undefined;
  if (kind !== "marketing" && kind !== "transactional") return undefined;
  if (traitsOf(channel).needsSubject && subject === undefined) return undefined;
  if (topic !== undefined && !ID.test(String(topic))) return undefined;
  return { id, channel, class: kind, topic, layout, subject, html, text, preheader, whatsapp, languages } as Template;
}
