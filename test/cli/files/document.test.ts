/** Files that commands write: no name of a device, and no file behind a symbolic link. */
import { lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { isFileName, writeText } from "../../../cli/files/document.ts";
import { processIo } from "../../../cli/process-io.ts";
import { ioOf } from "../running.ts";

const folder = mkdtempSync(join(tmpdir(), "journeys-"));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  "CON",
  "con.journey.json",
  "nul",
  "COM1.json",
  "LPT9",
  "a:b",
  "a/b",
  "a\\b",
  "a*",
  "a?",
  'a"b',
  "a\nb",
  "a.",
  "a ",
  "",
])("%j is no file name", (name) => {
  expect(isFileName(name)).toBe(false);
  const { io, written } = ioOf({});
  if (!name.includes("/")) expect(() => writeText(name || "/", "x", io)).toThrow(/cannot be a file name/);
  expect(written).toEqual({});
});

test.each(["cart.journey.json", "console.json", "Straße.svg", "auxiliary", "com10.json", ".hidden", "a b.json"])(
  "%j is a file name",
  (name) => expect(isFileName(name)).toBe(true),
);

test("nothing is written through a symbolic link; a file is replaced", () => {
  const [target, link, plain] = ["target", "link", "plain"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(target, "precious");
  symlinkSync(target, link);
  expect(() => writeText(link, "x", processIo())).toThrow(/link is a symbolic link, and nothing is written through it/);
  expect([readFileSync(target, "utf8"), lstatSync(link).isSymbolicLink()]).toEqual(["precious", true]);
  writeText(plain, "long text", processIo());
  writeText(plain, "short", processIo());
  expect(readFileSync(plain, "utf8")).toBe("short");
});
