/**
 * Decides which requests get an answer. The console listens on the loopback address only, but any page in the same
 * browser can send requests to it, and the page's own host name may lead to it (DNS rebinding). So a request needs the
 * host that we printed, our own origin, and the secret that only the printed address has set as a cookie.
 */
import { timingSafeEqual } from "node:crypto";

export interface Visit {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

export interface Lock {
  readonly port: number;
  /** In the printed address. */
  readonly token: string;
  /**
   * In the cookie. The secret differs from the token in the printed address, so that nobody can make the cookie from an
   * address in a log or a history.
   */
  readonly secret: string;
}

export type Verdict =
  | { readonly kind: "pass" }
  /** The token was right: set the cookie, and go to the same address without it. */
  | { readonly kind: "enter"; readonly location: string }
  | { readonly kind: "refuse"; readonly status: 400 | 401 | 403 | 405; readonly because: string };

export const cookieName = ({ port }: Pick<Lock, "port">) => `journeys-console-${port}`;

export function verdictOn({ method, url, headers }: Visit, lock: Lock): Verdict {
  const refuse = (status: 400 | 401 | 403 | 405, because: string): Verdict => ({ kind: "refuse", status, because });
  const host = text(headers.host);
  if (!hostsOf(lock).includes(host)) return refuse(403, "This console answers only under the address that it printed.");
  const own = `http://${host}`;
  const origin = headers.origin === undefined ? undefined : text(headers.origin);
  if (origin !== undefined && origin !== own) return refuse(403, "Another page may not ask this console.");
  const site = text(headers["sec-fetch-site"]);
  // A person may follow a link to the page. Nobody follows a link to an answer, and some answers cost money.
  const isPage = !/^\/(api|mail)\//.test(addressIn(url, own)?.pathname ?? "");
  const opens =
    isPage && text(headers["sec-fetch-mode"]) === "navigate" && text(headers["sec-fetch-dest"]) === "document";
  if (site !== "" && site !== "same-origin" && site !== "none" && !(opens && method === "GET"))
    return refuse(403, "Another page may not ask this console.");
  if (method !== "GET" && method !== "POST") return refuse(405, "Only GET and POST are answered.");
  if (method === "POST") {
    if (origin === undefined) return refuse(403, "A change needs an Origin header.");
    if (text(headers["content-type"]) !== "application/json") return refuse(400, "A change must be JSON.");
  }
  const address = addressIn(url, own);
  if (!address) return refuse(400, "This is not an address of the console.");
  const token = address.searchParams.get("token");
  if (token !== null && method === "GET") {
    if (!isSame(token, lock.token)) return refuse(401, WRONG_TOKEN);
    address.searchParams.delete("token");
    return { kind: "enter", location: `${address.pathname}${address.search}` };
  }
  const cookies = text(headers.cookie)
    .split("; ")
    .filter((cookie) => cookie.startsWith(`${cookieName(lock)}=`));
  return cookies.some((cookie) => isSame(cookie.slice(cookieName(lock).length + 1), lock.secret))
    ? { kind: "pass" }
    : refuse(401, WRONG_TOKEN);
}

/**
 * Only a path. A path such as `//evil.example` would name another host, also in the redirect to the address without the
 * token.
 */
function addressIn(url: string, own: string): URL | undefined {
  if (!URL.canParse(url, own)) return undefined;
  const address = new URL(url, own);
  return address.origin === own && !address.pathname.startsWith("//") ? address : undefined;
}

const WRONG_TOKEN = "Open the address that the command printed: it contains the key to this console.";

export const hostsOf = ({ port }: Pick<Lock, "port">) => [`127.0.0.1:${port}`, `localhost:${port}`];

const text = (header: string | readonly string[] | undefined) => (typeof header === "string" ? header : "");

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
