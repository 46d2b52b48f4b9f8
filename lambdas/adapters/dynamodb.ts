/** The one DynamoDB client, and what its errors mean. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { ConflictError, PermanentError, ThrottledError } from "../app/errors.ts";

/** Numbers as JSON has them: anything DynamoDB can hold is read as the nearest double, as `JSON.parse` would. */
export const translation = {
  marshallOptions: { removeUndefinedValues: true, allowImpreciseNumbers: true },
  unmarshallOptions: { wrapNumbers: Number },
};

export const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(), translation);

interface Cancelled {
  readonly CancellationReasons?: readonly { readonly Code?: string }[];
}

const throttles = new Set([
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ThrottlingException",
  "ThrottlingError",
  "ProvisionedThroughputExceeded",
]);

/** Runs a call and translates its errors. */
export async function translated<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
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
    return new PermanentError(`The database refused it: ${codes.join(", ")}.`, { cause: error });
  }
  if (throttles.has(error.name)) return new ThrottledError(error.message, { cause: error });
  if (error.name === "ValidationException")
    return new PermanentError(`The database refused it: ${error.message}`, { cause: error });
  return error;
}
