/** Every command over hostile names: no control character of an event, a document or a file reaches the terminal. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { hostileText, raw } from "../cli/hostile.ts";
import { ran } from "../cli/running.ts";
import { ofASample, sampled } from "../sample.ts";
import { hostileShop, lines, runLine } from "./hostile-shop.ts";

test("the table has lines for every command", async () => {
  const { out } = await ran(["--help"]);
  const names = [...out.matchAll(/^ {2}([a-z]+) +\[options\]/gm)].map(([, name]) => name);
  expect(names.filter((name) => name !== "help" && lines[name ?? ""] === undefined)).toEqual([]);
});

test("no output of any command contains a raw control character", ofASample, async () => {
  await fc.assert(
    fc.asyncProperty(hostileText, fc.constantFrom(...Object.keys(lines)), fc.boolean(), async (text, name, json) => {
      const place = await hostileShop(text);
      for (const line of lines[name] ?? []) {
        const { out, err } = await runLine(
          place,
          [name, ...line, ...(json && name !== "draw" ? ["--json"] : [])],
          text,
        );
        expect(out, line.join(" ")).not.toMatch(raw);
        expect(err, line.join(" ")).not.toMatch(raw);
      }
    }),
    { numRuns: sampled(200) },
  );
});

/** Commands that print no name of an app: the files of export have the ids of documents, which are checked. */
const withoutNames = new Set(["erase", "export", "doctor"]);

test.each(Object.keys(lines))("%s prints an OSC 52 sequence as text", async (name) => {
  const text = `${String.fromCharCode(0x1b)}]52;c;cm0=${String.fromCharCode(7)}`;
  const place = await hostileShop(text);
  const said: string[] = [];
  for (const line of lines[name] ?? []) {
    const { out, err } = await runLine(place, [name, ...line], text);
    expect(out + err, line.join(" ")).not.toMatch(raw);
    said.push(out, err);
  }
  if (!withoutNames.has(name)) expect(said.join()).toContain(String.raw`\u001b]52;c;cm0=\u0007`);
});

test("a line break in a name makes no second row in a table", async () => {
  const place = await hostileShop("x\nm-9  events  forged");
  const { out } = await runLine(place, ["redrive", "--list"], "");
  expect(out).not.toMatch(/^\s*m-9/m);
});
