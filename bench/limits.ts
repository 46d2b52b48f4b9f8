/** The time of the worst inputs that the limits allow. Tests do not measure time. */
import { placed } from "../insight/documents/places.ts";
import { decode } from "../insight/documents/text-encoding.ts";
import { checkTemplate } from "../lambdas/domain/checks/check-journey.ts";
import { render } from "../lambdas/domain/messages/render.ts";
import { number, type Table } from "./print/table.ts";
import { brokenHtml, costlyEvent, costlyTemplates } from "./worst-inputs.ts";

const ROUNDS = 3;

/** Seconds of CPU time, the best of three. */
function best(run: () => void): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  });
  return Math.min(...rounds);
}

export function worstInputs(): Table {
  const slowest = costlyTemplates
    .map(([name, source]): [string, number] => [name, best(() => refused(source))])
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 3);
  const html = Math.max(...Object.values(brokenHtml).map((source) => best(() => checked(source))));
  const rows: [string, number][] = [
    ...slowest.map(([name, seconds]): [string, number] => [`a template that is refused: ${name}`, seconds]),
    ["a template of broken HTML is checked", html],
    ["100 problems in 100,000 lines are placed", best(placesOf(100_000))],
    ["a file of 5 MB in the wrong encoding is refused", best(wrongBytes())],
  ];
  return {
    title: "The worst inputs",
    columns: ["input", "seconds"],
    rows: rows.map(([name, seconds]) => [name, number(seconds, 3)]),
  };
}

function refused(source: string): void {
  const template = { id: "t", channel: "email", class: "marketing", subject: "s", text: source } as const;
  const at = "2026-01-05T10:00:00.000Z";
  try {
    render(template, {
      customer: {},
      event: costlyEvent,
      enrollment: { key: "k", event: { at } },
      data: {},
      journey: { id: "j", name: "J" },
      now: at,
      timezone: "Europe/Berlin",
      unsubscribeUrl: "https://unsubscribe.example/",
    });
  } catch {
    return;
  }
  throw new Error("The template is within its budget.");
}

const checked = (html: string): void =>
  void checkTemplate({ id: "t", channel: "email", class: "marketing", subject: "s", html });

function placesOf(count: number): () => void {
  const lines = Array.from({ length: count }, (_, n) => `"m${n}": 1`);
  const problems = lines.slice(0, 100).map((_, n) => ({ path: `m${n}`, code: "c", message: "m" }));
  const text = `{\n${lines.join(",\n")}\n}`;
  return () => void placed(problems, text);
}

function wrongBytes(): () => void {
  const bytes = Buffer.concat([Buffer.alloc(5_000_000, 0x61), Buffer.from([0xe4])]);
  return () => void decode(bytes);
}
