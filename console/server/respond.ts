/** Answers a request that has passed the gate: a question, an action, a mail, or a file of the page. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import type { Place } from "../place/place.ts";
import { actions } from "./actions.ts";
import { NotFound, ReadOnly, WrongBody } from "./answers/failures.ts";
import { mailHeaders, pageHeaders } from "./headers.ts";
import type { PageFile } from "./page-files.ts";
import { questions } from "./questions.ts";

const MOST_BYTES = 2 * 1024 * 1024;

export async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  place: Place,
  files: ReadonlyMap<string, PageFile>,
): Promise<void> {
  const address = new URL(request.url ?? "/", "http://console");
  const path = address.pathname;
  try {
    if (path.startsWith("/api/")) {
      const name = path.slice("/api/".length);
      const parameters = Object.fromEntries(address.searchParams);
      if (request.method === "POST") send(response, 200, await done(name, await bodyOf(request), place));
      else send(response, 200, await found(name, parameters, place));
    } else if (path.startsWith("/mail/")) sendMail(response, place.mails.get(path.slice("/mail/".length)));
    else sendFile(response, files.get(path) ?? files.get("/"), request);
  } catch (error) {
    send(response, statusOf(error), { error: error instanceof Error ? error.message : String(error) });
  }
}

type Ask = (parameters: Readonly<Record<string, string>>, place: Place) => Promise<unknown>;

async function found(name: string, parameters: Readonly<Record<string, string>>, place: Place): Promise<unknown> {
  const ask = Object.hasOwn(questions, name) ? questions[name as keyof typeof questions] : undefined;
  if (!ask) throw new NotFound(`There is no question "${name}".`);
  return (ask as Ask)(parameters, place);
}

async function done(name: string, body: unknown, place: Place): Promise<unknown> {
  const action = Object.hasOwn(actions, name) ? actions[name as keyof typeof actions] : undefined;
  if (!action) throw new NotFound(`There is no action "${name}".`);
  return action(body, place);
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += (part as Buffer).length;
    // The rest is read and forgotten: a connection that is cut would hide the answer.
    if (bytes <= MOST_BYTES) parts.push(part as Buffer);
  }
  if (bytes > MOST_BYTES) throw new WrongBody("The text is too long.");
  try {
    return JSON.parse(Buffer.concat(parts).toString("utf8"));
  } catch {
    throw new WrongBody("The text is not JSON.");
  }
}

function statusOf(error: unknown): number {
  if (error instanceof NotFound) return 404;
  if (error instanceof ReadOnly) return 403;
  return error instanceof WrongBody ? 400 : 500;
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response
    .writeHead(status, { ...pageHeaders, "Content-Type": "application/json; charset=utf-8" })
    .end(JSON.stringify(value));
}

function sendMail(response: ServerResponse, html: string | undefined): void {
  if (html === undefined) throw new NotFound("The console has forgotten this mail. Open it anew.");
  response.writeHead(200, { ...mailHeaders, "Content-Type": "text/html; charset=utf-8" }).end(html);
}

function sendFile(response: ServerResponse, file: PageFile | undefined, request: IncomingMessage): void {
  if (!file) throw new NotFound("The page is missing.");
  const packed = /\bgzip\b/.test(String(request.headers["accept-encoding"]));
  response
    .writeHead(200, {
      ...pageHeaders,
      "Content-Type": file.type,
      ...(packed && { "Content-Encoding": "gzip" }),
    })
    .end(packed ? gzipSync(file.contents) : file.contents);
}
