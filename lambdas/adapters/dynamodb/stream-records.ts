/** Stream records of the tables as the changes that the use cases understand. */
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBRecord } from "aws-lambda";
import type { StoredChange } from "../../app/exits/evaluate-change.ts";
import { exactNumber } from "../../domain/values/parse-json.ts";
import { type Item, isKeyOf, PROFILE, toCustomer, toEnrollment, toEvent } from "./customer-items.ts";
import { CURRENT } from "./journey-keys.ts";

export interface Images {
  /** The record's own id, the same at every retry. */
  readonly record?: string | undefined;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

export function imagesOf({ dynamodb, eventID: record }: DynamoDBRecord): Images {
  const image = (raw: unknown) =>
    raw === undefined ? undefined : unmarshall(raw as Record<string, AttributeValue>, { wrapNumbers: exactNumber });
  return { before: image(dynamodb?.OldImage), after: image(dynamodb?.NewImage), record };
}

/** `undefined` for what nobody evaluates: removals, entries, reasons, events that are only changed. */
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
  if (isKeyOf("enrollment", sk))
    return { kind: "enrollment", before: before && toEnrollment(before), after: toEnrollment(after) };
  return isKeyOf("event", sk) && !before ? { kind: "event", event: toEvent(after) } : undefined;
}

/**
 * The document that somebody saved, unless only what the system writes itself has changed. Who puts the same document
 * once more, without `publication`, wants it published again: a template that it lacked may be there now.
 */
export function savedDocument({ before, after }: Images): Item | undefined {
  if (after?.version !== CURRENT) return undefined;
  const content = ({ publication: _, ...document }: Item) => JSON.stringify(Object.entries(document).sort());
  return before && after.publication !== undefined && content(before) === content(after) ? undefined : after;
}
