/** The unsubscribe page: only a POST changes anything, and the page says what it changed. */
import { describe, expect, test } from "vitest";
import { answer } from "../../lambdas/adapters/unsubscribe-page.ts";
import { type Recipient, tokenFor } from "../../lambdas/domain/customer/unsubscribe-link.ts";

const secret = "secret";
const [ann, news] = [{ customerId: "c-1" }, { customerId: "c-1", topic: "weekly-news" }];

async function asked(method: string, token: string | undefined, body?: string, isBase64Encoded = false) {
  const unsubscribed: Recipient[] = [];
  const request = {
    queryStringParameters: token === undefined ? {} : { token },
    requestContext: { http: { method } },
    ...(body !== undefined && { body }),
    isBase64Encoded,
  } as unknown as Parameters<typeof answer>[0];
  const page = await answer(
    request,
    { values: async () => [secret] },
    async (recipient) => void unsubscribed.push(recipient),
  );
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
    ["one click in a mail program, about none", ann, oneClick, { customerId: "c-1", topic: undefined }],
    ["the button for the topic", news, "", news],
    ["no body", news, undefined, news],
    ["the button for everything", news, "from=everything", { customerId: "c-1", topic: undefined }],
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
