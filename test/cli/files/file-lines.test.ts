/** The lines of a file, as `journeys replay` reads an archive. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fileLines } from "../../../cli/files/file-lines.ts";

/** Longer than the pieces in which a file is read. */
const long = "x".repeat(200_000);

test.each([
  ["an empty file", "", []],
  ["a last line without an end", "a\nb", ["a", "b"]],
  ["a last line with an end", "a\nb\n", ["a", "b"]],
  ["an empty line", "a\n\nb\n", ["a", "", "b"]],
  ["the ends of lines on Windows", "a\r\nb\r\n", ["a", "b"]],
  ["separators that JSON may have inside a text", "a\u2028b\u2029c\rd\u0085e\n", ["a\u2028b\u2029c\rd\u0085e"]],
  ["a byte order mark, which no text of the file is", "\uFEFFa\n\uFEFFb\n", ["a", "\uFEFFb"]],
  ["lines that are longer than a piece", `${long}\n${long}ü${long}\n`, [long, `${long}ü${long}`]],
])("%s", async (_, text, lines) => {
  const folder = mkdtempSync(join(tmpdir(), "lines-"));
  try {
    const file = join(folder, "file");
    writeFileSync(file, text);
    expect(await Array.fromAsync(fileLines(file))).toEqual(lines);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
