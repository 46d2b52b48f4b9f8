/** The console answers only the browser that opened its address: not another page, another host name, or a guess. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cookieName, type Lock, type Visit, verdictOn } from "../../console/server/gate.ts";
import { asked, type Running, running } from "../console/running.ts";

const lock: Lock = { port: 4000, token: "the-token", secret: "the-secret" };
const cookie = `${cookieName(lock)}=the-secret`;
const host = "127.0.0.1:4000";
const post = { method: "POST", url: "/api/playground-reset" };
const json = { "content-type": "application/json" };
const visit = (headers: Visit["headers"], more: Partial<Visit> = {}): Visit => {
  return { method: "GET", url: "/api/journeys", headers, ...more };
};

describe("is answered", () => {
  test.each<[string, Visit]>([
    ["the page with its cookie", visit({ host, cookie })],
    ["the same under the name localhost", visit({ host: "localhost:4000", cookie, origin: "http://localhost:4000" })],
    ["a cookie among others", visit({ host, cookie: `a=b; ${cookie}; c=d` })],
    ["a change from the page itself", visit({ host, cookie, ...json, origin: `http://${host}` }, post)],
    [
      "a link in another page that a person follows",
      visit(
        {
          host,
          cookie,
          "sec-fetch-site": "cross-site",
          "sec-fetch-mode": "navigate",
          "sec-fetch-dest": "document",
        },
        { url: "/journeys" },
      ),
    ],
  ])("%s", (_, each) => expect(verdictOn(each, lock)).toEqual({ kind: "pass" }));

  test("the printed address, which loses its token", () => {
    const verdict = verdictOn(visit({ host }, { url: "/journeys?q=a&token=the-token" }), lock);
    expect(verdict).toEqual({ kind: "enter", location: "/journeys?q=a" });
  });
});

describe("is refused", () => {
  test.each<[string, number, Visit]>([
    ["no cookie", 401, visit({ host })],
    ["a guessed cookie", 401, visit({ host, cookie: `${cookieName(lock)}=the-guesses` })],
    ["the cookie of a console on another port", 401, visit({ host, cookie: "journeys-console-4001=the-secret" })],
    ["the token as a cookie", 401, visit({ host, cookie: `${cookieName(lock)}=the-token` })],
    ["a guessed token", 401, visit({ host, cookie }, { url: "/?token=the-guess" })],
    ["an empty token", 401, visit({ host }, { url: "/?token=" })],
    ["no host", 403, visit({ cookie })],
    ["a name of the attacker that leads here (DNS rebinding)", 403, visit({ host: "evil.example:4000", cookie })],
    ["another port's host", 403, visit({ host: "127.0.0.1:4001", cookie })],
    ["a host with a user", 403, visit({ host: "a@127.0.0.1:4000", cookie })],
    ["another origin", 403, visit({ host, cookie, origin: "https://evil.example" })],
    ["a page on another port of this machine", 403, visit({ host, cookie, origin: "http://127.0.0.1:4001" })],
    ["an opaque origin, such as a mail preview", 403, visit({ host, cookie, origin: "null" })],
    ["a picture or script in another page", 403, visit({ host, cookie, "sec-fetch-site": "cross-site" })],
    ["a page of the same site on another port", 403, visit({ host, cookie, "sec-fetch-site": "same-site" })],
    [
      "a frame in another page",
      403,
      visit({ host, cookie, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" }),
    ],
    [
      "a window that a page on another port opens with a question, which would read the table at our cost",
      403,
      visit(
        { host, cookie, "sec-fetch-site": "same-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
        { url: "/./api/goal-days?id=cart" },
      ),
    ],
    ["a change without an origin", 403, visit({ host, cookie, ...json }, post)],
    [
      "a form of another page",
      403,
      visit({ host, cookie, origin: "https://evil.example", "content-type": "text/plain" }, post),
    ],
    [
      "a change as a form would send it",
      400,
      visit({ host, cookie, origin: `http://${host}`, "content-type": "text/plain" }, post),
    ],
    [
      "a change with a token in place of the cookie",
      401,
      visit({ host, ...json, origin: `http://${host}` }, { ...post, url: "/?token=the-token" }),
    ],
    ["an address that cannot be read", 400, visit({ host, cookie }, { url: "//" })],
    ["an address with a broken host", 400, visit({ host, cookie }, { url: "http://[" })],
    ["an address with another host", 400, visit({ host, cookie }, { url: "//evil.example/journeys" })],
    ["an address with backslashes", 400, visit({ host, cookie }, { url: "/\\evil.example/journeys" })],
    ["the token in an address that leads elsewhere", 400, visit({ host }, { url: "/.//evil.example?token=the-token" })],
    ["another method", 405, visit({ host, cookie }, { method: "DELETE" })],
  ])("%s", (_, status, each) => expect(verdictOn(each, lock)).toMatchObject({ kind: "refuse", status }));
});

describe("a running console", () => {
  let open: Running;
  beforeAll(async () => {
    open = await running();
  });
  afterAll(() => open.close());
  const ask = (path: string, headers: Readonly<Record<string, string>> = {}) => asked(open.port, { path, headers });

  test("listens on the loopback address, under an address that cannot be guessed", () => {
    expect(open.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
  });

  test("gives the token's visitor a cookie that no script reads and no other site sends, and an address without the token", async () => {
    const { status, headers } = await ask(`/?token=${open.token}`);
    expect([status, headers.location]).toEqual([303, "/"]);
    expect(String(headers["set-cookie"])).toMatch(
      /^journeys-console-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
    );
    expect(String(headers["set-cookie"])).not.toContain(open.token);
  });

  test("tells a visitor without the cookie nothing, on any path", async () => {
    for (const path of ["/", "/journeys", "/api/journeys", "/api/session", "/main.js"]) {
      const { status, text } = await ask(path);
      expect([path, status, text]).toEqual([path, 401, expect.stringMatching(/^Open the address/)]);
    }
  });

  test("tells another host or origin nothing, with the cookie", async () => {
    const { cookie } = open;
    for (const headers of [{ host: "evil.example" }, { origin: "https://evil.example" }]) {
      const { status, text } = await ask("/api/journeys", { cookie, ...headers });
      expect([status, text]).toEqual([403, expect.not.stringContaining("abandoned-cart")]);
    }
  });

  test("allows no inline script or style, no frame around it, and no answer in a cache or a referrer", async () => {
    for (const path of ["/", "/api/journeys", "/api/none"]) {
      const { headers } = await ask(path, { cookie: open.cookie });
      const policy = String(headers["content-security-policy"]);
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
        "cross-origin-resource-policy": "same-origin",
      });
      expect(Object.keys(headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
    }
  });

  test("a body that is too long or not JSON is refused, and the console goes on", async () => {
    const headers = { cookie: open.cookie, origin: `http://127.0.0.1:${open.port}`, ...json };
    for (const body of ["{", "x".repeat(3_000_000), "[]", '{"by":"P1D","to":"next"}', '{"by":"1 day"}']) {
      const { status } = await asked(open.port, { path: "/api/playground-move", method: "POST", headers, body });
      expect(status).toBe(400);
    }
    expect((await ask("/api/session", { cookie: open.cookie })).status).toBe(200);
  });

  test("an address that cannot be read does not end the console, with or without the cookie", async () => {
    for (const path of ["//", "http://[", "/%", "/api/%E0%A4%A"])
      for (const headers of [{}, { cookie: open.cookie }]) await ask(path, headers).catch(() => undefined);
    expect((await ask("/api/session", { cookie: open.cookie })).status).toBe(200);
  });

  test.each(["__proto__", "constructor", "toString", "none"])("there is no question and no action %s", async (name) => {
    const headers = { cookie: open.cookie, origin: `http://127.0.0.1:${open.port}`, ...json };
    expect((await ask(`/api/${name}`, { cookie: open.cookie })).status).toBe(404);
    expect((await asked(open.port, { path: `/api/${name}`, method: "POST", headers, body: "{}" })).status).toBe(404);
  });
});
