/**
 * Protects the terminal. A name in an event, a document or a file may contain control characters: a terminal would obey
 * them and write the clipboard, change the title or clear the screen. Bidirectional controls would show text in another
 * order. So every line passes through here before it leaves the process, and only our own colors remain.
 *
 * The replacement is the escape of JSON, such as `\u001b`. A person can read such an escape, and a JSON parser turns it
 * back into the original text.
 */
import { randomUUID } from "node:crypto";
import type { Color, Io } from "./io.ts";

/** Control characters except tab and line feed (C0, DEL, C1), bidirectional controls, line separators, annotations. */
const unsafe = /(?![\t\n])[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufff9-\ufffb]/gu;

const escaped = (one: string) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`;

export function safeText(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(unsafe, escaped);
}

const ESC = "\x1b";

export function safeIo(io: Io): Io {
  // Stands for ESC in our own color codes until the line is safe. Data cannot contain this mark, because the mark is random.
  const mark = `{${randomUUID()}}`;
  const split = `{${randomUUID()}}`;
  const codes = new Map<Color, readonly [open: string, close: string]>();
  const codesOf = (color: Color) => {
    const [open = "", close = ""] = io.style(color, split).replaceAll(ESC, mark).split(split);
    codes.set(color, [open, close]);
    return [open, close] as const;
  };
  const line = (text: string) => safeText(text).replaceAll(mark, ESC);
  return {
    ...io,
    out: (text) => io.out(line(text)),
    err: (text) => io.err(line(text)),
    ask: (question) => io.ask(line(question)),
    style: (color, text) => {
      const [open, close] = codes.get(color) ?? codesOf(color);
      return `${open}${text}${close}`;
    },
  };
}
