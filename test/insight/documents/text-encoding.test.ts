/** A file that is not in UTF-8 is refused, and the message names the encoding that it looks like. */
import { expect, test } from "vitest";
import { decode } from "../../../insight/documents/text-encoding.ts";

const json = '{\n  "subject": "Schöne Grüße"\n}';
const utf16 = (text: string) => Buffer.from(text, "utf16le");
const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();

test.each<[string, Uint8Array, string]>([
  ["UTF-8", Buffer.from(json), json],
  ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${json}`), json],
  ["an empty file", Buffer.from(""), ""],
  ["emoji and Chinese", Buffer.from('{"a":"👩‍👧 你好"}'), '{"a":"👩‍👧 你好"}'],
])("%s is read", (_, bytes, text) => expect(decode(bytes)).toEqual({ text }));

test.each<[string, Uint8Array, RegExp]>([
  ["Latin-1", Buffer.from(json, "latin1"), /first at line 2, column 18\)\. It looks like ISO-8859-1 \(Latin-1\)/],
  ["Windows-1252", Buffer.from([0x22, 0x80, 0x35, 0x22]), /first at line 1, column 2\)\. It looks like Windows-1252,/],
  ["UTF-16 with a mark", utf16(`\uFEFF${json}`), /in UTF-16 \(little-endian\), not in UTF-8/],
  ["UTF-16, the other order", swapped(utf16(`\uFEFF${json}`)), /in UTF-16 \(big-endian\)/],
  ["UTF-16 without a mark", utf16(json), /in UTF-16 \(little-endian\)/],
  ["UTF-16 without a mark, the other order", swapped(utf16(json)), /in UTF-16 \(big-endian\)/],
  ["UTF-32", Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]), /in UTF-32/],
  ["GBK", Buffer.from([0x22, 0xc4, 0xe3, 0xba, 0xc3, 0x22]), /East Asian encoding, such as GBK/],
  ["a character that is cut off at the end", Buffer.from('"ö').subarray(0, 2), /first at line 1, column 2\)/],
])("%s is refused", (_, bytes, message) => {
  const [problem] = (decode(bytes) as { problems: readonly { message: string }[] }).problems;
  expect(problem).toMatchObject({ path: "", code: "wrong-encoding", message: expect.stringMatching(message) });
  expect(problem?.message).toMatch(/Save it again as UTF-8\.$/);
});

// A search that reads the file once for each byte would not end here. `npm run bench -- limits` measures the time.
test("in a large file, the first wrong byte is found", () => {
  const bytes = Buffer.concat([Buffer.alloc(5_000_000, 0x61), Buffer.from([0xe4])]);
  expect(decode(bytes)).toMatchObject({ problems: [{ line: 1, column: 5_000_001 }] });
});
