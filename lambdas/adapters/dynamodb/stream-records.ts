/** Translates the stream records of the tables into the changes that the use cases handle. */
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBRecord } from "aws-lambda";
import type { StoredChange } from "../../app/exits/evaluate-change.ts";
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
    raw === undefined ? undefined : unmarshall(raw as Record<string, AttributeValue>, { wrapNumbers: Number });
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
  if (isKeyOf("enrollment", sk))
    return { kind: "enrollment", before: before && toEnrollment(before), after: toEnrollment(after) };
  return isKeyOf("event", sk) && !before ? { kind: "event", event: toEvent(after) } : undefined;
}

/**
 * The document that an admin saved; `undefined` if only `publication`, which the system writes, has changed. If an admin
 * saves the same document again without `publication`, it is published again: a missing template may exist by now.
 */
export function savedDocument({ before, after }: Images): Item | undefined {
  if (after?.version !== CURRENT) return undefined;
  const content = ({ publication: _, ...document }: Item) => JSON.stringify(Object.entries(document).sort());
  return before && after.publication !== undefined && content(before) === content(after) ? undefined : after;
}
