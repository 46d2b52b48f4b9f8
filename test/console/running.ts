/** A running console on the embedded engine, and requests to it as a browser or an attacker makes them. */
import { request } from "node:http";
import { examples } from "../../console/engine/examples.ts";
import { embeddedPlace } from "../../console/place/embedded-place.ts";
import type { Place } from "../../console/place/place.ts";
import type { PageFile } from "../../console/server/page-files.ts";
import { type Console, serve } from "../../console/server/serve.ts";

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface Running extends Console {
  readonly port: number;
  readonly token: string;
  /** The cookie that the address with the token sets. */
  readonly cookie: string;
}

const page: PageFile = {
  type: "text/html; charset=utf-8",
  contents: Buffer.from("<!doctype html><title>Journeys</title>"),
};

/** Without the page itself: these tests ask the server. */
export async function running(given?: Place): Promise<Running> {
  const place = given ?? (await embeddedPlace(examples().filter(({ name }) => name === "abandoned-cart")));
  const console = await serve({ place, files: new Map([["/", page]]) });
  const { port, searchParams } = new URL(console.address);
  const entered = await asked(Number(port), { path: `/?token=${searchParams.get("token")}` });
  const [cookie = ""] = String(entered.headers["set-cookie"]).split(";");
  return { ...console, port: Number(port), token: searchParams.get("token") ?? "", cookie };
}

interface Asking {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** `fetch` does not let a caller set the host or the origin. */
export function asked(port: number, { path, method = "GET", headers = {}, body }: Asking): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, method, headers }, async (response) => {
      const text = (await response.toArray()).join("");
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
    });
    sent.on("error", reject).end(body);
  });
}

/** As the page asks: with the cookie, and for actions with the page's own origin. */
export async function answerOf<T>({ port, cookie }: Running, path: string, body?: object): Promise<T> {
  const headers = { cookie, ...(body && { origin: `http://127.0.0.1:${port}`, "content-type": "application/json" }) };
  const { text } = await asked(port, {
    path,
    headers,
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  });
  return JSON.parse(text) as T;
}
