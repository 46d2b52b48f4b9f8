/**
 * The page that edits a journey, in Chromium: the time from a key press to the problems and the picture that follow from
 * it, for a journey of 100 components. CHROMIUM names another browser than Debian's.
 */
import { chromium } from "playwright-core";
import { embeddedPlace } from "../console/place/embedded-place.ts";
import { pageFiles } from "../console/server/page-files.ts";
import { serve } from "../console/server/serve.ts";
import { documentText } from "../insight/documents/document-text.ts";
import { number, type Table } from "./print/table.ts";

const COMPONENTS = 100;
const KEYS = 30;

export async function editing(): Promise<Table> {
  const place = await embeddedPlace([{ name: "long", scenario: { journeys: [journey()] } }]);
  const console = await serve({ place, files: await pageFiles() });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    await page.goto(console.address);
    await page.goto(`${new URL(console.address).origin}/journeys/long/edit`);
    const text = page.getByRole("textbox", { name: "The journey as JSON" });
    await text.waitFor();
    await page.getByText("No problem.").waitFor();
    await page.evaluate(watch);
    await text.focus();
    await page.keyboard.press("ControlOrMeta+Home");
    const times: number[] = [];
    // Each key makes the text wrong, and the next one mends it: problems and picture change every time.
    for (let press = 0; press < KEYS; press++) {
      await page.keyboard.press(press % 2 === 0 ? "x" : "Backspace");
      times.push(Number(await page.evaluate("window.settled()")));
    }
    times.sort((a, b) => a - b);
    const at = (share: number) => number(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
    return {
      title: `Typing in a journey of ${COMPONENTS} components, to the problems and the picture on the screen`,
      columns: ["key presses", "median ms", "19 of 20 within ms", "slowest ms"],
      rows: [[String(KEYS), at(0.5), at(0.95), at(1)]],
    };
  } finally {
    await browser.close();
    await console.close();
  }
}

/** Runs in the page: remembers the last key press, and says how long it took until the frame after the problems changed. */
const watch = `
  let pressed = 0, changed = 0;
  addEventListener("keydown", () => { pressed = performance.now(); changed = 0; }, true);
  new MutationObserver(() => { changed ||= performance.now(); })
    .observe(document.querySelector("[role=tablist]"), { subtree: true, childList: true, characterData: true });
  window.settled = () => new Promise((resolve) => {
    const look = () => changed ? requestAnimationFrame(() => resolve(performance.now() - pressed)) : requestAnimationFrame(look);
    look();
  });
`;

/** Waits, tags and conditions in a row, so that the picture has branches. */
function journey() {
  const ids = Array.from({ length: COMPONENTS }, (_, index) => `part-${index + 1}`);
  const components = ids.map((id, index) => {
    const next = ids[index + 1];
    const onward = next === undefined ? {} : { next };
    if (index % 5 === 2)
      return [
        id,
        {
          type: "condition",
          branches: [
            { when: { field: "customer.vip", operator: "exists" }, ...(ids[index + 2] && { next: ids[index + 2] }) },
          ],
          ...(next && { otherwise: next }),
        },
      ];
    return [id, index % 5 === 0 ? { type: "wait", for: "P1D", ...onward } : { type: "addTag", tags: [id], ...onward }];
  });
  const document = {
    id: "long",
    name: "Long",
    status: "active",
    trigger: { event: "joined" },
    start: ids[0],
    components: Object.fromEntries(components),
  };
  return JSON.parse(documentText(document)) as Record<string, unknown>;
}
