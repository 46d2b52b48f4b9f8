/**
 * Text messages that are too long for every customer. Only what always stands in the message counts: the text between
 * outputs, if the text has no tags. A layout's text counts too.
 */
import type { Problem } from "../../documents/problem.ts";
import { type Members, members } from "../../documents/unchecked-document.ts";
import type { SharedTexts } from "../../messages/shared-text.ts";
import { textsOf } from "../../messages/template-texts.ts";
import { MOST_SMS_CHARACTERS } from "../../messages/text-length.ts";

export function fixedLengthProblems(document: Members, shared: SharedTexts): Problem[] {
  if (document.channel !== "sms") return [];
  const layout = typeof document.layout === "string" && Object.hasOwn(shared, document.layout) ? document.layout : "";
  const around = fixedLength(members(shared[layout]).text);
  return textsOf(document).flatMap(({ path, part, source }) => {
    const length = part === "text" ? fixedLength(source) + around : 0;
    if (length <= MOST_SMS_CHARACTERS) return [];
    const message = `This text message always has ${length} characters or more${around > 0 ? `, ${around} of them from the layout` : ""}, and the service takes at most ${MOST_SMS_CHARACTERS}. No customer would get it.`;
    return [{ path, code: "text-too-long", message }];
  });
}

function fixedLength(source: unknown): number {
  if (typeof source !== "string" || source.includes("{%")) return 0;
  return source.replace(/\{\{.*?\}\}/gs, "").length;
}
