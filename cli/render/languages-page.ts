/**
 * One page for a browser with the message in every language. The HTML of each message is in a frame without scripts.
 */

import type { InLanguage } from "../../insight/preview/languages.ts";
import { textOrTemplate } from "../../insight/preview/whatsapp-text.ts";
import { reasonText } from "../../lambdas/domain/reasons/reason-text.ts";
import { languageTitle } from "./language-title.ts";

export function languagesPage(template: string, all: readonly InLanguage[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(template)}</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 1.5rem; }
main { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1.5rem; }
section { min-width: 0; }
iframe { width: 100%; height: 40rem; border: 1px solid #bbb; resize: vertical; background: #fff; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #bbb; padding: 1rem; }
</style>
<h1>${escaped(template)}</h1>
<main>
${all.map(section).join("\n")}
</main>
</html>
`;
}

function section(each: InLanguage): string {
  return `<section><h2>${escaped(languageTitle(each))}</h2>\n${content(each)}\n</section>`;
}

function content({ preview, language }: InLanguage): string {
  if ("skipped" in preview)
    return `<p>The customer would not get the message: ${escaped(reasonText(preview.skipped))}.</p>`;
  const { message, missing } = preview;
  const subject = message.subject === "" ? "" : `<p><b>${escaped(message.subject)}</b></p>\n`;
  const unknown = missing.length === 0 ? "" : `<p>No value: ${escaped(missing.join(", "))}.</p>\n`;
  const body =
    message.html === undefined
      ? `<pre>${escaped(textOrTemplate(message) ?? "")}</pre>`
      : `<iframe sandbox title="${escaped(language ?? "no language")}" srcdoc="${escaped(message.html)}"></iframe>`;
  return subject + unknown + body;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
