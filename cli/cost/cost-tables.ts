/** The tables that `journeys cost` prints. */
import { defaultRegion, type Line, priceDate, pricesIn } from "../../insight/cost/bill.ts";
import { type Estimate, PER } from "../../insight/cost/estimate.ts";
import type { Quota } from "../../insight/cost/quotas.ts";
import type { Io } from "../terminal/io.ts";
import { missingNote } from "./prices.ts";

const number = (amount: number, digits = 0) =>
  amount.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });

export function showPaths({ paths, worst, more }: Estimate, io: Io): void {
  const titles = ["per 1,000 enrollments", "days", "transitions", "requests", "dollars"];
  const rows = paths.map((each) => [
    each.path + (each === worst && paths.length > 1 ? " (worst)" : ""),
    number(each.days, 1),
    number(each.total.transitions * PER),
    number(Object.values(each.total.apis).reduce((sum, n) => sum + n, 0) * PER),
    number(each.dollars, 2),
  ]);
  showTable([titles, ...rows], io);
  if (more) io.out(`There are more paths. These are the first ${paths.length}.`);
}

export function showBill({ region, worst, unpriced }: Estimate, io: Io): void {
  const { borrowed } = pricesIn(region);
  io.out("");
  io.out(`The most expensive path in ${region}, list prices of ${priceDate}:`);
  showTable(
    worst.lines
      .filter(isShown)
      .map(({ item, amount, dollars }) => [
        words[item] +
          (borrowed.some((each) => each === item) && !byCountry.has(item) ? ` (price of ${defaultRegion})` : ""),
        number(amount * PER),
        dollars === undefined ? "no price" : number(dollars * PER, 3),
      ]),
    io,
  );
  const note = missingNote(unpriced);
  if (note !== undefined) io.out(note);
}

/** The country of the customer decides the price, not the region. */
const byCountry: ReadonlySet<Line["item"]> = new Set(["textParts", "whatsappTemplates", "whatsappTexts"]);

/** Most journeys send no text message, and no WhatsApp message. */
const isShown = ({ item, amount }: Line) => amount > 0 || !byCountry.has(item);

const words: Readonly<Record<Line["item"], string>> = {
  transitions: "state transitions",
  writeUnits: "DynamoDB write units",
  readUnits: "DynamoDB read units",
  invocations: "Lambda invocations, at most",
  gigabyteSeconds: "Lambda GB-seconds, about",
  queueRequests: "SQS requests, at most",
  events: "EventBridge events",
  emails: "SES emails",
  textParts: "parts of text messages",
  whatsappTemplates: "WhatsApp approved templates",
  whatsappTexts: "WhatsApp texts",
};

export function showQuotas(perDay: number, rows: readonly Quota[], io: Io): void {
  io.out("");
  io.out(`At ${number(perDay)} enrollments a day, spread evenly:`);
  const shown = rows.map(({ quota, needs, has, unit, hit, hitFrom }) => [
    quota,
    `${number(needs, needs < 100 ? 1 : 0)} of ${number(has)} ${unit}`,
    hit
      ? io.style("red", "too much: ask AWS for a higher quota")
      : Number.isFinite(hitFrom)
        ? `enough up to ${number(hitFrom)} a day`
        : "not needed",
  ]);
  showTable(shown, io);
}

/** The first column is aligned left, all other columns right. */
function showTable(rows: readonly (readonly string[])[], io: Io): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows)
    io.out(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join("  ")
        .trimEnd(),
    );
}
