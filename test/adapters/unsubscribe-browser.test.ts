/**
 * The unsubscribe page in a browser, as wide as a phone, without scripts and by keyboard alone. Runs where Chromium is
 * installed (apt-get install chromium), or where CHROMIUM names it. SCREENSHOTS=FOLDER keeps pictures.
 */
import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { answer } from "../../lambdas/adapters/unsubscribing/unsubscribe-page.ts";
import { verified } from "../../lambdas/adapters/unsubscribing/unsubscription.ts";
import { type Recipient, tokenFor } from "../../lambdas/domain/customer/unsubscribe-link.ts";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const PHONE = { width: 360, height: 640 };
const secret = "secret";
const secrets = { values: async () => [secret] };

describe.skipIf(!existsSync(executablePath))("in a browser", () => {
  let unsubscribed: Recipient[] = [];
  let browser: Browser;
  let server: Server;
  let page: Page;

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const url = new URL(request.url ?? "", "http://localhost");
      const body = (await request.toArray()).join("");
      const event = {
        queryStringParameters: Object.fromEntries(url.searchParams),
        requestContext: { http: { method: request.method } },
        body: Buffer.from(body).toString("base64"),
        isBase64Encoded: true,
      } as unknown as Parameters<typeof answer>[0];
      const {
        statusCode,
        headers,
        body: html,
      } = await answer(event, secrets, async (wanted) => {
        unsubscribed.push(await verified(wanted, secrets));
      });
      response.writeHead(statusCode ?? 500, headers as Record<string, string>).end(html);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
    const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled: false });
    page = await context.newPage();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });
  beforeEach(() => {
    unsubscribed = [];
  });

  async function open(recipient: Recipient): Promise<void> {
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/?token=${tokenFor(recipient, secret)}`);
  }
  const picture = async (name: string) => {
    if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png` });
  };
  const heading = () => page.getByRole("heading", { level: 1 }).textContent();
  const news = { customerId: "c-1", topic: "weekly-news" };

  test("opening the link changes nothing, and everything fits on a phone", async () => {
    await open(news);
    await picture("choice");
    expect(await heading()).toBe("Unsubscribe?");
    expect(unsubscribed).toEqual([]);
    for (const button of await page.getByRole("button").all()) {
      const box = await button.boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(44);
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(PHONE.width);
    }
  });

  test("by keyboard: the first button is the topic's", async () => {
    await open(news);
    await page.keyboard.press("Tab");
    await picture("focus");
    await page.keyboard.press("Enter");
    await page.getByText("You are unsubscribed").first().waitFor();
    await picture("done");
    expect(unsubscribed).toEqual([news]);
  });

  test("by keyboard: the second button unsubscribes from everything, and nothing else takes the focus", async () => {
    await open(news);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.getByText("no more marketing emails").first().waitFor();
    expect(unsubscribed).toEqual([{ customerId: "c-1" }]);
  });

  test("a customer who unsubscribed from a topic can unsubscribe from everything on the next page", async () => {
    await open(news);
    await page.getByRole("button").first().click();
    await page.getByRole("button", { name: "No more marketing emails at all" }).click();
    await page.getByText("no more marketing emails").first().waitFor();
    await picture("everything");
    expect(unsubscribed).toEqual([news, { customerId: "c-1" }]);
  });

  test("a mail without a topic has one button", async () => {
    await open({ customerId: "c-1" });
    await picture("one");
    expect(await page.getByRole("button").count()).toBe(1);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText("You are unsubscribed").first().waitFor();
    expect(unsubscribed).toEqual([{ customerId: "c-1" }]);
  });
});
