/**
 * Sits between the adapters' client and the emulator. It records each request, and can answer instead of the emulator:
 * the emulator never throttles, never leaves an item unprocessed, and every one of its reads is consistent.
 */
import { dynamodb } from "../../../lambdas/adapters/dynamodb/client.ts";
import { tablesOf } from "./tables.ts";

type Body = Record<string, unknown>;

export interface Request {
  /** Such as `GetItem`. */
  readonly api: string;
  readonly input: Body;
}

/** An error of the service: its name, and more members of the answer. */
export interface ServiceError {
  readonly name: string;
  readonly more?: Body;
}

interface HttpRequest {
  readonly headers: Record<string, string>;
  body: string | Uint8Array;
}

interface HttpResponse {
  readonly body: AsyncIterable<Uint8Array>;
}

let requests: Request[] = [];
let answer: (request: Request) => ServiceError | undefined = () => undefined;
const littleTables = new Set<string>();

/** The requests that a call sends. */
export async function requestsOf(call: () => Promise<unknown>): Promise<readonly Request[]> {
  requests = [];
  await call();
  return requests;
}

/** While a call runs, the service answers with the errors that `failing` returns, and does not run those requests. */
export async function whileFailing<T>(failing: typeof answer, call: () => Promise<T>): Promise<T> {
  answer = failing;
  try {
    return await call();
  } finally {
    answer = () => undefined;
  }
}

/** Queries and scans of these tables return two items a page, and batches process two keys. DynamoDB may always do so. */
export function giveLittleOf(tables: readonly string[]): void {
  for (const table of tables) littleTables.add(table);
}

const MOST = 2;

/** The batch cut to two keys, and the part of the answer that names the others. */
function cut(api: string, input: Body): { readonly sent: Body; readonly left: Body } {
  const [[table = String(input.TableName), batch] = []] = Object.entries(
    (input.RequestItems ?? {}) as Record<string, unknown>,
  );
  if (!littleTables.has(table)) return { sent: input, left: {} };
  if (api === "Query" || api === "Scan") return { sent: { ...input, Limit: MOST }, left: {} };
  if (api === "BatchWriteItem") {
    const writes = batch as unknown[];
    const rest = writes.slice(MOST);
    return {
      sent: { RequestItems: { [table]: writes.slice(0, MOST) } },
      left: { UnprocessedItems: rest.length > 0 ? { [table]: rest } : {} },
    };
  }
  if (api === "BatchGetItem") {
    const { Keys, ...asked } = batch as { Keys: unknown[] };
    const rest = Keys.slice(MOST);
    return {
      sent: { RequestItems: { [table]: { ...asked, Keys: Keys.slice(0, MOST) } } },
      left: { UnprocessedKeys: rest.length > 0 ? { [table]: { ...asked, Keys: rest } } : {} },
    };
  }
  return { sent: input, left: {} };
}

const encoded = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

dynamodb.middlewareStack.add(
  (next) => async (args) => {
    const request = args.request as HttpRequest;
    const api = (request.headers["x-amz-target"] ?? "").split(".")[1] ?? "";
    const text = Buffer.from(request.body).toString();
    await tablesOf(text);
    const input = JSON.parse(text) as Body;
    requests.push({ api, input });
    const error = answer({ api, input });
    if (error) {
      const { name, more } = error;
      const body = encoded({
        __type: `com.amazonaws.dynamodb.v20120810#${name}`,
        message: `${name}, said the test.`,
        ...more,
      });
      return { output: { $metadata: {} }, response: { statusCode: 400, headers: {}, body } };
    }
    const { sent, left } = cut(api, input);
    if (sent !== input) {
      request.body = JSON.stringify(sent);
      request.headers["content-length"] = String(encoded(sent).length);
    }
    const result = await next(args);
    if (Object.keys(left).length > 0) {
      const response = result.response as HttpResponse;
      const chunks = await Array.fromAsync(response.body);
      Object.assign(response, { body: encoded({ ...JSON.parse(Buffer.concat(chunks).toString()), ...left }) });
    }
    return result;
  },
  // After signing, and inside of the reader of answers.
  { step: "deserialize", priority: "low", name: "wire" },
);
