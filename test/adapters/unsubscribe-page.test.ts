/** The unsubscribe page: only a POST changes anything, and the page says what it changed. */
import { describe, expect, test } from "vitest";
import { answer } from "../../lambdas/adapters/unsubscribing/unsubscribe-page.ts";
import { verified } from "../../lambdas/adapters/unsubscribing/unsubscription.ts";
import { ThrottledError } from "../../lambdas/app/errors.ts";
import { type Recipient, tokenFor } from "../../lambdas/domain/customer/unsubscribe-link.ts";

const secret = "secret";
const [ann, news] = [{ customerId: "c-1" }, { customerId: "c-1", topic: "weekly-news" }];

function posted(method: string, token: string | undefined, body?: string, isBase64Encoded = false) {
  return {
    queryStringParameters: token === undefined ? {} : { token },
    requestContext: { http: { method } },
    ...(body !== undefined && { body }),
    isBase64Encoded,
  } as unknown as Parameters<typeof answer>[0];
}

/** The customers whom the function behind the page would unsubscribe. */
async function asked(...request: Parameters<typeof posted>) {
  const unsubscribed: Recipient[] = [];
  const secrets = { values: async () => [secret] };
  const page = await answer(posted(...request), secrets, async (wanted) => {
    unsubscribed.push(await verified(JSON.parse(JSON.stringify(wanted)), secrets));
  });
  return { unsubscribed, status: page.statusCode, headers: page.headers, page: String(page.body) };
}

describe.each(["GET", "HEAD", "OPTIONS", "PUT"])("%s", (method) => {
  test.each([
    ["a topic", news],
    ["everything", ann],
  ])("for %s changes nothing, whatever comes with it", async (_, recipient) => {
    const { unsubscribed, status, page } = await asked(method, tokenFor(recipient, secret), "from=everything");
    expect([unsubscribed, status]).toEqual([[], 200]);
    expect(page).toContain('<form method="post">');
  });
});

describe("POST", () => {
  const oneClick = "List-Unsubscribe=One-Click";
  const multipart = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--';
  test.each<[string, Recipient, string | undefined, Recipient]>([
    ["one click in a mail program, about a topic", news, oneClick, news],
    ["one click as a multipart form", news, multipart, news],
    ["one click in a mail program, about none", ann, oneClick, ann],
    ["the button for the topic", news, "", news],
    ["no body", news, undefined, news],
    ["the button for everything", news, "from=everything", ann],
    ["a button that is not there", news, "from=nothing", news],
  ])("%s", async (_, signed, body, expected) => {
    const { unsubscribed, status, page } = await asked("POST", tokenFor(signed, secret), body);
    expect([unsubscribed, status]).toEqual([[expected], 200]);
    expect(page).toContain("<h1>You are unsubscribed</h1>");
  });

  test("a form as function URLs pass it", async () => {
    const body = Buffer.from("from=everything").toString("base64");
    const { unsubscribed } = await asked("POST", tokenFor(news, secret), body, true);
    expect(unsubscribed).toEqual([ann]);
  });

  test("a topic's page says which emails remain, and offers to unsubscribe from everything", async () => {
    const { page } = await asked("POST", tokenFor(news, secret));
    expect(page).toContain("no more emails about “weekly news”");
    expect(page).toContain('<button name="from" value="everything">');
  });
});

test("a customer is not told to be unsubscribed when too many requests are handled at the same time", async () => {
  const request = posted("POST", tokenFor(news, secret));
  const page = await answer(request, { values: async () => [secret] }, () =>
    Promise.reject(new ThrottledError("busy")),
  );
  expect(page).toMatchObject({ statusCode: 503, headers: { "retry-after": "30" } });
  expect(page.body).toContain("You are not unsubscribed yet");
});

test("any other failure is an error of the function, so that its alarm goes off", async () => {
  const failing = () => Promise.reject(new Error("broken"));
  const request = posted("POST", tokenFor(news, secret));
  await expect(answer(request, { values: async () => [secret] }, failing)).rejects.toThrow("broken");
});

describe.each(["GET", "POST"])("%s without a good token", (method) => {
  test.each([undefined, "", "x", `${tokenFor(ann, "other")}`])("%s", async (token) => {
    const { unsubscribed, status, page } = await asked(method, token, "from=everything");
    expect([unsubscribed, status]).toEqual([[], 400]);
    expect(page).not.toContain("<form");
  });
});

test("every page works without scripts, and allows none", async () => {
  for (const page of [await asked("GET", tokenFor(news, secret)), await asked("POST", tokenFor(ann, secret))]) {
    expect(page.page).not.toMatch(/<script|javascript:|\son\w+=/i);
    expect(page.headers).toMatchObject({
      "content-security-policy": expect.stringContaining("default-src 'none'"),
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    });
  }
});
