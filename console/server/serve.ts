/** The server of the console: one process on this machine, over the same use cases as the command line. */
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Place } from "../place/place.ts";
import { cookieName, type Lock, verdictOn } from "./gate.ts";
import { pageHeaders } from "./headers.ts";
import type { PageFile } from "./page-files.ts";
import { respond } from "./respond.ts";

export interface Console {
  /** With the token: the address to open. */
  readonly address: string;
  close(): Promise<void>;
}

export interface Settings {
  readonly place: Place;
  readonly files: ReadonlyMap<string, PageFile>;
  /** The port; 0 means any free port. */
  readonly port?: number;
}

export async function serve({ place, files, port = 0 }: Settings): Promise<Console> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const lock: Lock = { port: (server.address() as AddressInfo).port, token: random(), secret: random() };
  server.on("request", (request, response) => {
    // No request may end the process, whatever was not thought of.
    answer(request, response, { place, files, lock }).catch(() => response.destroy());
  });
  return {
    address: `http://127.0.0.1:${lock.port}/?token=${lock.token}`,
    close: () => closed(server),
  };
}

const random = () => randomBytes(32).toString("base64url");

interface Setting {
  readonly place: Place;
  readonly files: ReadonlyMap<string, PageFile>;
  readonly lock: Lock;
}

async function answer(request: IncomingMessage, response: ServerResponse, { place, files, lock }: Setting) {
  const { method = "", url = "/", headers } = request;
  const verdict = verdictOn({ method, url, headers }, lock);
  if (verdict.kind === "enter") {
    const cookie = `${cookieName(lock)}=${lock.secret}; HttpOnly; SameSite=Strict; Path=/`;
    response.writeHead(303, { ...pageHeaders, Location: verdict.location, "Set-Cookie": cookie }).end();
  } else if (verdict.kind === "refuse") {
    const type = { "Content-Type": "text/plain; charset=utf-8" };
    response.writeHead(verdict.status, { ...pageHeaders, ...type, Connection: "close" }).end(`${verdict.because}\n`);
  } else await respond(request, response, place, files);
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
