/**
 * One browser and one console for the tests of the pages. Chromium is where Debian installs it (apt-get install
 * chromium), or where CHROMIUM names it. SCREENSHOTS=FOLDER keeps pictures.
 */
import { existsSync } from "node:fs";
import axe from "axe-core";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { type Example, examples } from "../../console/engine/examples.ts";
import { embeddedPlace } from "../../console/place/embedded-place.ts";
import type { Place } from "../../console/place/place.ts";
import { pageFiles } from "../../console/server/page-files.ts";
import { type Console, serve } from "../../console/server/serve.ts";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

export const hasBrowser = existsSync(executablePath);
if (!hasBrowser)
  console.log(`The tests in a browser are skipped: there is no ${executablePath} (apt-get install chromium).`);

export interface Opened {
  readonly page: Page;
  readonly origin: string;
  /** For another visitor of the same console. */
  readonly address: string;
  /** What went wrong in the page: errors, and what the content security policy refused. */
  readonly wrong: string[];
  /** Every address that the page asked, beside the console's own. */
  readonly elsewhere: string[];
  go(path: string): Promise<void>;
}

export class Consoles {
  private browser: Browser | undefined;
  private readonly running: Console[] = [];
  private readonly contexts: BrowserContext[] = [];

  async open(
    settings: { readonly place?: Place; readonly width?: number; readonly dark?: boolean } = {},
  ): Promise<Opened> {
    const place = settings.place ?? (await embeddedPlace(examples()));
    const console = await serve({ place, files: await pageFiles() });
    this.running.push(console);
    return this.visit(console.address, settings);
  }

  /** Another visitor of a console that runs. */
  async visit(address: string, { width = 1280, dark = false } = {}): Promise<Opened> {
    this.browser ??= await chromium.launch({ executablePath, args: ["--no-sandbox"] });
    const context = await this.browser.newContext({
      viewport: { width, height: 860 },
      colorScheme: dark ? "dark" : "light",
      reducedMotion: "reduce",
    });
    this.contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const { origin } = new URL(address);
    const [wrong, elsewhere]: [string[], string[]] = [[], []];
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
    page.on("request", (request) => !request.url().startsWith(`${origin}/`) && elsewhere.push(request.url()));
    await page.goto(address);
    await page.getByRole("navigation").waitFor();
    const go = async (path: string) => {
      await page.goto(`${origin}${path}`);
      await page.getByRole("navigation").waitFor();
    };
    return { page, origin, address, wrong, elsewhere, go };
  }

  async close(): Promise<void> {
    for (const context of this.contexts) await context.close();
    await this.browser?.close();
    for (const console of this.running) await console.close();
  }
}

/** The problems that axe finds on the page, in sentences; empty when axe finds none. */
export async function barriers(page: Page): Promise<string[]> {
  // A string is run by the browser's debugger, so the page's own policy stays as strict as it is.
  await page.evaluate(axe.source);
  // A mail's frame is a stranger's text, and axe cannot look into it.
  const { violations } = (await page.evaluate("axe.run(document, { iframes: false })")) as axe.AxeResults;
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`));
}

export async function picture({ page }: Opened, name: string): Promise<void> {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png` });
}

export const only = (...names: readonly string[]): Example[] => examples().filter(({ name }) => names.includes(name));
