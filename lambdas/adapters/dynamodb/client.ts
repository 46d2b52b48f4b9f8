/** The one DynamoDB client, and the translation of its errors into the errors that the use cases know. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, paginateQuery, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import { ConflictError, PermanentError, ThrottledError } from "../../app/errors.ts";
import { exactNumber } from "../../domain/values/parse-json.ts";

/** Numbers are read as `parseJson` reads them: an integer that a double cannot hold stays a text. */
export const translation = {
  marshallOptions: { removeUndefinedValues: true, allowImpreciseNumbers: true },
  unmarshallOptions: { wrapNumbers: exactNumber },
};

export const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(), translation);

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

/** Errors that a retry cannot cure. The second one: all items of one customer may take 10 GB, as the table has a local index. */
const refusals = new Set(["ValidationException", "ItemCollectionSizeLimitExceededException"]);

export async function translated<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw translate(error as Error);
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
    return new ConflictError(error.message, { cause: error });
  if (error.name === "TransactionCanceledException") {
    if (codes.some((code) => code === "ConditionalCheckFailed" || code === "TransactionConflict"))
      return new ConflictError(codes.join(", "), { cause: error });
    if (codes.some((code) => throttles.has(code))) return new ThrottledError(codes.join(", "), { cause: error });
    const reasons = (error as Cancelled).CancellationReasons?.flatMap(({ Message }) => Message ?? []) ?? [];
    return new PermanentError(`The database refused it: ${[...new Set(reasons)].join(" ") || codes.join(", ")}`, {
      cause: error,
    });
  }
  if (throttles.has(error.name)) return new ThrottledError(error.message, { cause: error });
  if (refusals.has(error.name))
    return new PermanentError(`The database refused it: ${error.message}`, { cause: error });
  return error;
}
