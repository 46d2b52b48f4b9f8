/** The one DynamoDB client, and the translation of its errors into the errors that the use cases know. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  paginateQuery,
  type QueryCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { ConflictError, PermanentError, ThrottledError } from "../../app/errors.ts";
import { exactNumber } from "../../domain/values/parse-json.ts";
import { ServiceError, throttled } from "../services/errors.ts";
import { retried } from "../services/time-outs.ts";

/** Numbers are read as `parseJson` reads them: an integer that a double cannot hold stays a text. */
export const translation = {
  marshallOptions: { removeUndefinedValues: true, allowImpreciseNumbers: true },
  unmarshallOptions: { wrapNumbers: exactNumber },
};

export const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(retried), translation);

interface Cancelled {
  readonly CancellationReasons?: readonly { readonly Code?: string; readonly Message?: string }[];
}

const throttles = new Set([
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ThrottlingException",
  "ThrottlingError",
  "ProvisionedThroughputExceeded",
]);

/**
 * Errors that a retry cannot cure. The second error: all items of one customer together may take at most 10 GB, because
 * the table has a local index.
 */
const refusals = new Set(["ValidationException", "ItemCollectionSizeLimitExceededException"]);

export async function translated<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw translate(error as Error);
  }
}

type Key = Readonly<Record<string, string>>;

/** Reads one item as it is now, not as it was a moment ago. */
export async function itemAt(TableName: string, Key: Key) {
  return (await translated(dynamodb.send(new GetCommand({ TableName, Key, ConsistentRead: true })))).Item;
}

/** The most keys of one request. */
const MOST_KEYS = 100;

/** Reads many items as they are now, in no order. A key without an item is left out. */
export async function* itemsAt(
  table: string,
  keys: readonly Key[],
  projection: Pick<QueryCommandInput, "ProjectionExpression" | "ExpressionAttributeNames"> = {},
) {
  for (let left = keys; left.length > 0; ) {
    const Keys = left.slice(0, MOST_KEYS);
    const request = new BatchGetCommand({ RequestItems: { [table]: { Keys, ConsistentRead: true, ...projection } } });
    const { Responses, UnprocessedKeys } = await translated(dynamodb.send(request));
    yield* Responses?.[table] ?? [];
    left = [...((UnprocessedKeys?.[table]?.Keys ?? []) as Key[]), ...left.slice(MOST_KEYS)];
  }
}

/** Reads all pages of a query. */
export async function* queried(input: QueryCommandInput): AsyncGenerator<Record<string, unknown>> {
  try {
    for await (const { Items = [] } of paginateQuery({ client: dynamodb }, input)) yield* Items;
  } catch (error) {
    throw translate(error as Error);
  }
}

export function translate(error: Error): Error {
  const codes = ((error as Cancelled).CancellationReasons ?? []).map(({ Code }) => Code ?? "");
  if (error.name === "ConditionalCheckFailedException" || error.name === "TransactionConflictException")
    return new ConflictError(error.name, { cause: error });
  if (error.name === "TransactionCanceledException") {
    if (codes.some((code) => code === "ConditionalCheckFailed" || code === "TransactionConflict"))
      return new ConflictError(codes.join(", "), { cause: error });
    if (codes.some((code) => throttles.has(code))) return new ThrottledError(codes.join(", "), { cause: error });
    const texts = (error as Cancelled).CancellationReasons?.flatMap(({ Message }) => Message ?? []) ?? [];
    const known = new Set(codes.filter((code) => code !== "" && code !== "None"));
    return refused([...known].join(", "), texts.join(" "), error);
  }
  if (throttles.has(error.name)) return throttled("DynamoDB", error);
  return refusals.has(error.name) ? refused(error.name, error.message, error) : new ServiceError("DynamoDB", error);
}

/** DynamoDB's own text may quote the item, so the error only says what the failed check was about. */
function refused(name: string, text: string, cause: Error): PermanentError {
  const why = /item size/i.test(text) ? "An item would be larger than 400 KB." : name;
  return new PermanentError(`The database refused it: ${why}`, { cause });
}
