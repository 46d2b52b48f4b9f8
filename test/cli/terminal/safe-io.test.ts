/** No text that reaches the terminal contains control characters, except our own colors. */
import { styleText } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { safeIo, safeText } from "../../../cli/terminal/safe-io.ts";
import { ofASample, sampled } from "../../sample.ts";
import { hostileText, raw } from "../hostile.ts";
import { ioOf } from "../running.ts";

const code = (point: number) => String.fromCharCode(point);
const ESC = code(0x1b);

test.each([
  ["OSC 52 writes the clipboard", `${ESC}]52;c;cm0gLXJm${code(7)}`, "\\u001b]52;c;cm0gLXJm\\u0007"],
  ["OSC 0 changes the title", `${ESC}]0;root${ESC}\\`, "\\u001b]0;root\\u001b\\"],
  ["CSI clears the screen", `${ESC}[2J`, "\\u001b[2J"],
  ["a color that is not ours", `${ESC}[8mhidden`, "\\u001b[8mhidden"],
  ["C1 in one character", `${code(0x9b)}2J${code(0x9d)}0;x`, "\\u009b2J\\u009d0;x"],
  ["a carriage return overwrites the line", `ok${code(13)}no`, "ok\\u000dno"],
  ["backspace and DEL", `a${code(8)}b${code(0x7f)}`, "a\\u0008b\\u007f"],
  ["an override of the direction", `a${code(0x202e)}b${code(0x2066)}`, "a\\u202eb\\u2066"],
  ["line separators", `a${code(0x2028)}b`, "a\\u2028b"],
  ["ordinary text stays", "Schöne Grüße 你好 👩‍👧 €\n\tשלום", "Schöne Grüße 你好 👩‍👧 €\n\tשלום"],
  ["a line break of Windows is a line break", `a${code(13)}\nb`, "a\nb"],
])("%s", (_, text, expected) => expect(safeText(text)).toBe(expected));

test("our own colors remain, and the same sequences in data do not", () => {
  const { io, out } = ioOf({});
  const colored = safeIo({ ...io, style: (color, text) => styleText(color, text, { validateStream: false }) });
  const red = `${ESC}[31m`;
  colored.out(`${colored.style("red", `a${red}b`)} ${red}c`);
  expect(out).toEqual([`${red}a\\u001b[31mb${ESC}[39m \\u001b[31mc`]);
});

test("100,000 hostile texts: none is printed raw, and JSON keeps its meaning", ofASample, () => {
  const { io, out } = ioOf({});
  const safe = safeIo(io);
  fc.assert(
    fc.property(hostileText, (text) => {
      out.length = 0;
      safe.out(text);
      safe.err(safe.style("bold", text));
      safe.out(JSON.stringify({ text }));
      expect(out.join("")).not.toMatch(raw);
      expect(JSON.parse(out.at(-1) ?? "")).toEqual({ text });
    }),
    { numRuns: sampled(100_000) },
  );
});
