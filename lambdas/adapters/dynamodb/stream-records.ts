/** Translates the stream records of the tables into the changes that the use cases handle. */
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBRecord } from "aws-lambda";
import type { StoredChange } from "../../app/exits/evaluate-change.ts";
import type { SavedDocument } from "../../app/publish/publish-save.ts";
import { exactNumber } from "../../domain/values/parse-json.ts";
import { type Item, isKeyOf, PROFILE, toCustomer, toEnrollment, toEvent } from "./customer-items.ts";
import { CURRENT, isLiveCopy } from "./journey-keys.ts";
import { withLists } from "./with-lists.ts";

export interface Images {
  /** The record's own id, the same at every retry. */
  readonly record?: string | undefined;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** The id of the document that the record changes. */
export function documentOf({ dynamodb }: DynamoDBRecord): string | undefined {
  return dynamodb?.Keys?.id?.S ?? dynamodb?.NewImage?.id?.S;
}

/** The customer whose item the record changes. */
export function customerOf({ dynamodb }: DynamoDBRecord): string | undefined {
  return dynamodb?.Keys?.customerId?.S ?? dynamodb?.NewImage?.customerId?.S;
}

/** The `kind` of a segment's document. The schema has it too, but the functions on the way of an event bundle no schema. */
const SEGMENT = "segment";

/** The most digits that a sequence number may have. */
const DIGITS = 40;

/**
 * The place of a save among the saves of its document, as a text that sorts. Sequence numbers grow within one stream. A
 * restored table has a new stream, whose numbers may be lower; the label of a stream is the time of its creation, so it
 * comes first.
 */
export function saveOrder({ eventSourceARN = "", dynamodb }: DynamoDBRecord): string {
  const [, label = ""] = eventSourceARN.split("/stream/");
  return `${label}#${(dynamodb?.SequenceNumber ?? "").padStart(DIGITS, "0")}`;
}

export function imagesOf({ dynamodb, eventID: record }: DynamoDBRecord): Images {
  const image = (raw: unknown) =>
    raw === undefined
      ? undefined
      : withLists(unmarshall(raw as Record<string, AttributeValue>, { wrapNumbers: exactNumber }));
  return { before: image(dynamodb?.OldImage), after: image(dynamodb?.NewImage), record };
}

/** `undefined` for records that no rule depends on: removals, entries, reasons, and later changes of an event. */
export function storedChange({ before, after, record }: Images): StoredChange | undefined {
  const sk = after?.sk;
  if (!after || typeof sk !== "string") return undefined;
  if (sk === PROFILE)
    return {
      kind: "customer",
      before: before && toCustomer(before),
      after: toCustomer(after),
      ...(record !== undefined && { record }),
    };
  if (isKeyOf("enrollment", sk)) {
    const enrollment = toEnrollment(after);
    // An enrollment that becomes closed is stored under another key. Nothing else about it has changed.
    if (enrollment.closed && !before) return undefined;
    return { kind: "enrollment", before: before && toEnrollment(before), after: enrollment };
  }
  return isKeyOf("event", sk) && !before ? { kind: "event", event: toEvent(after) } : undefined;
}

/** The save that a record of the journeys or templates table stands for, if it stands for one. */
export function saveIn(record: DynamoDBRecord): SavedDocument | undefined {
  const images = imagesOf(record);
  // Only the journeys table has a sort key.
  const isJourney = (record.dynamodb?.Keys ?? record.dynamodb?.NewImage)?.version !== undefined;
  const document = isJourney ? savedDocument(images) : savedTemplate(images);
  const { before } = images;
  const kind = isJourney ? "journey" : document?.kind === SEGMENT ? "segment" : "template";
  return document && { kind, document, before, order: saveOrder(record) };
}

/**
 * The document that an admin saved; `undefined` if only `publication`, which the system writes, has changed. If an admin
 * saves the same document again without `publication`, it is published again: a missing template may exist by now.
 */
export function savedDocument({ before, after }: Images): Item | undefined {
  return after?.version === CURRENT && !isOutcome(before, after) ? after : undefined;
}

function savedTemplate({ before, after }: Images): Item | undefined {
  return after && !isLiveCopy(after.id) && !isOutcome(before, after) ? after : undefined;
}

function isOutcome(before: Item | undefined, after: Item): boolean {
  const content = ({ publication: _, ...document }: Item) => JSON.stringify(Object.entries(document).sort());
  return before !== undefined && after.publication !== undefined && content(before) === content(after);
}
