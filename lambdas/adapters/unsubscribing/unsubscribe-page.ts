/**
 * The unsubscribe page, for people and for mail programs. Only a POST changes anything, because mail scanners open every
 * link of a mail. The page works without scripts.
 */
import type { APIGatewayProxyStructuredResultV2, LambdaFunctionURLEvent } from "aws-lambda";
import { ThrottledError } from "../../app/errors.ts";
import type { AcceptedSecrets } from "../secret.ts";
import { signedRecipient, type Unsubscription } from "./unsubscription.ts";

/** Stores that the customer has unsubscribed, and returns after that. */
type Unsubscribe = (request: Unsubscription) => Promise<void>;
type Request = Pick<LambdaFunctionURLEvent, "queryStringParameters" | "requestContext" | "body" | "isBase64Encoded">;

/** The form value of the button that unsubscribes from everything. A mail program's one-click request has no such value. */
const EVERYTHING = "everything";

export async function answer(
  request: Request,
  secrets: AcceptedSecrets,
  unsubscribe: Unsubscribe,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { token = "" } = request.queryStringParameters ?? {};
  const recipient = await signedRecipient(token, secrets);
  if (!recipient)
    return page(
      400,
      "This link is not complete",
      "<p>Please open it again from the email, or copy the whole address.</p>",
    );
  const everything = choiceOf(request) === EVERYTHING;
  const topic = everything ? undefined : recipient.topic;
  const about = topic === undefined ? undefined : `“${topic.replaceAll("-", " ")}”`;
  if (request.requestContext.http.method !== "POST")
    return about === undefined
      ? page(200, "Unsubscribe?", `<p>${NO_MORE}</p><p>${STILL}</p>${form("Unsubscribe")}`)
      : page(
          200,
          "Unsubscribe?",
          `<p>Which emails do you no longer want?</p>${form(`No more ${about}`)}${form("No more marketing emails at all", EVERYTHING)}<p>${STILL}</p>`,
        );
  try {
    await unsubscribe({ token, everything });
  } catch (error) {
    if (error instanceof ThrottledError) return busy();
    throw error;
  }
  return about === undefined
    ? page(200, "You are unsubscribed", `<p>${NO_MORE}</p><p>You can close this page.</p>`)
    : page(
        200,
        "You are unsubscribed",
        `<p>You will get no more emails about ${about} from us. Other marketing emails still reach you.</p>${form("No more marketing emails at all", EVERYTHING)}`,
      );
}

/**
 * The page for a request that failed: the customer is not unsubscribed. A mail program that posts again is asked to
 * wait.
 */
function busy(): APIGatewayProxyStructuredResultV2 {
  const said = page(
    503,
    "Please try again",
    `<p>You are not unsubscribed yet: too many people are here at the moment.</p>`,
  );
  return { ...said, headers: { ...said.headers, "retry-after": "30" } };
}

const NO_MORE = "You will get no more marketing emails from us.";
const STILL = "Messages about your orders and your account still reach you.";

/** The form posts to the page's own address, which includes the token. */
function form(button: string, from?: string): string {
  return `<form method="post"><button${from === undefined ? "" : ` name="from" value="${from}"`}>${button}</button></form>`;
}

/** The value of the pressed button. Function URLs pass forms as base64. */
function choiceOf({ body = "", isBase64Encoded }: Request): string | null {
  return new URLSearchParams(isBase64Encoded ? Buffer.from(body, "base64").toString("utf8") : body).get("from");
}

function page(statusCode: number, title: string, body: string): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-robots-tag": "noindex",
    },
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${style}</style></head><body><main><h1>${title}</h1>${body}</main></body></html>`,
  };
}

const style =
  ":root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui,sans-serif;margin:0;display:grid;min-height:100vh;place-items:center}main{max-width:28rem;padding:1.5rem}h1{font-size:1.5rem}button{font:inherit;width:100%;margin:.4rem 0;padding:.7rem 1.4rem;border:0;border-radius:.5rem;background:#1d4ed8;color:#fff;cursor:pointer}button[value]{background:none;color:inherit;box-shadow:inset 0 0 0 1px}button:focus-visible{outline:3px solid #f59e0b;outline-offset:3px}";
