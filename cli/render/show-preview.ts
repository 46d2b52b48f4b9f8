/** Shows the message of a customer, in one language or in all, and writes it into files. */
import type { OwnPrices } from "../../insight/cost/bill.ts";
import type { InLanguage } from "../../insight/preview/languages.ts";
import type { Preview, PreviewedMessage } from "../../insight/preview/preview.ts";
import { reasonText } from "../../lambdas/domain/reasons/reason-text.ts";
import type { OutgoingMessage } from "../../lambdas/domain/walk/outcome.ts";
import { UsageError } from "../../stack/usage-error.ts";
import { ownPricesOf } from "../cost/prices.ts";
import { writeText } from "../files/document.ts";
import type { Given } from "../terminal/command.ts";
import type { ExitCode, Io } from "../terminal/io.ts";
import { privateHtmlFile } from "./html-file.ts";
import { languageTitle } from "./language-title.ts";
import { languagesPage } from "./languages-page.ts";
import { costOf, showCost, showHeads, showMessage } from "./show-message.ts";

/**
 * `all`: the message in every language; empty when only one language is shown. A file always gets the message in the
 * customer's language.
 */
export async function showPreview(
  found: Preview,
  all: readonly InLanguage[],
  { options }: Given,
  io: Io,
): Promise<ExitCode> {
  const prices = ownPricesOf(options);
  if ("skipped" in found) {
    if (options.json === true) io.out(JSON.stringify({ ok: false, skipped: found.skipped }));
    else io.out(`${io.style("red", "✗")} This customer would not get the message: ${reasonText(found.skipped)}.`);
    return 1;
  }
  await writeFiles(found.message, all, options, io);
  const ok = all.every(({ preview }) => !("skipped" in preview));
  if (options.json === true) {
    const languages = all.map(({ language, preview }) => ({ language, ...described(preview, prices) }));
    io.out(JSON.stringify({ ok, ...described(found, prices), ...(all.length > 0 && { languages }) }));
  } else if (all.length === 0) showOne(found, prices, io);
  else {
    showHeads(found.message, io);
    for (const each of all) showLanguage(each, prices, io);
  }
  return ok ? 0 : 1;
}

async function writeFiles(
  message: OutgoingMessage,
  all: readonly InLanguage[],
  options: Given["options"],
  io: Io,
): Promise<void> {
  const [first] = all;
  if (typeof options.eml === "string") {
    const { emlOf } = await import("./eml.ts");
    writeText(options.eml, await emlOf(message, new Date()), io);
  }
  const { html } = message;
  const inFile = typeof options.html === "string" ? options.html : undefined;
  const opens = options.open === true;
  if (html === undefined && (inFile !== undefined || (opens && !first)))
    throw new UsageError(`The template has no html. Leave out ${opens ? "--open" : "--html"}.`);
  if (inFile !== undefined) writeText(inFile, html ?? "", io);
  if (!opens) return;
  const page = first ? languagesPage(message.template, all) : (html ?? "");
  const file = first || inFile === undefined ? privateHtmlFile() : inFile;
  if (file !== inFile) writeText(file, page, io);
  await io.open(file);
}

/** The JSON about one message, for programs. */
function described(preview: Preview, prices: OwnPrices) {
  if ("skipped" in preview) return { skipped: preview.skipped };
  const { message, missing } = preview;
  const cost = costOf(message, prices);
  return { message, missing, ...(cost && { cost }) };
}

function showOne({ message, missing }: PreviewedMessage, prices: OwnPrices, io: Io): void {
  showHeads(message, io);
  showMessage(message, io);
  showCost(message, prices, io);
  if (missing.length > 0) io.err(`No value: ${missing.join(", ")}.`);
}

function showLanguage(each: InLanguage, prices: OwnPrices, io: Io): void {
  const { preview, language } = each;
  io.out(`\n${io.style("bold", `── ${languageTitle(each)} ──`)}`);
  if ("skipped" in preview) {
    io.out(`${io.style("red", "✗")} This customer would not get the message: ${reasonText(preview.skipped)}.`);
    return;
  }
  const { message, missing } = preview;
  showMessage(message, io);
  showCost(message, prices, io);
  if (missing.length > 0) io.err(`No value in ${language ?? "other languages"}: ${missing.join(", ")}.`);
}
