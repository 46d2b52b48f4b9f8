/**
 * What people see who follow the link, and what mail programs do with it. Only a POST changes anything: scanners
 * fetch every link of a mail before anybody reads it. Works without scripts.
 */
import type { APIGatewayProxyStructuredResultV2, LambdaFunctionURLEvent } from "aws-lambda";
import { customerOf } from "../domain/unsubscribe-link.ts";

type Unsubscribe = (customerId: string) => Promise<void>;

export async function answer(
  event: Pick<LambdaFunctionURLEvent, "queryStringParameters" | "requestContext">,
  secret: string,
  unsubscribe: Unsubscribe,
): Promise<APIGatewayProxyStructuredResultV2> {
  const customerId = customerOf(event.queryStringParameters?.token, secret);
  if (customerId === undefined)
    return page(
      400,
      "This link is not complete",
      "<p>Please open it again from the email, or copy the whole address.</p>",
    );
  if (event.requestContext.http.method === "POST") {
    await unsubscribe(customerId);
    return page(
      200,
      "You are unsubscribed",
      "<p>You will get no more marketing emails from us. You can close this page.</p>",
    );
  }
  return page(
    200,
    "Unsubscribe?",
    '<p>You will get no more marketing emails from us. Messages about your orders still reach you.</p><form method="post"><button>Unsubscribe</button></form>',
  );
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
      "x-robots-tag": "noindex",
    },
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${style}</style></head><body><main><h1>${title}</h1>${body}</main></body></html>`,
  };
}

const style =
  ":root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui,sans-serif;margin:0;display:grid;min-height:100vh;place-items:center}main{max-width:28rem;padding:1.5rem}h1{font-size:1.5rem}button{font:inherit;padding:.7rem 1.4rem;border:0;border-radius:.5rem;background:#1d4ed8;color:#fff;cursor:pointer}button:focus-visible{outline:3px solid #f59e0b;outline-offset:3px}";
