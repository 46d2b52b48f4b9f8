/** A list with telephone numbers to which nothing can be sent: the command names the lines and the form that it needs. */
import { expect, test } from "vitest";
import { numberNotes } from "../../../cli/enter/number-notes.ts";

const NEEDED =
  "Text messages and WhatsApp messages need + and the code of the country, such as +491701234567. They skip these customers (bad-address).";

const listed = (...phones: readonly (string | undefined)[]) =>
  phones.map((phone, index) => ({
    line: index + 2,
    customerId: `c-${index}`,
    attributes: phone === undefined ? {} : { phone },
  }));

test.each<[string, readonly (string | undefined)[], readonly string[]]>([
  ["numbers in E.164 and no number need no word", ["+491701234567", undefined, " +12025550143 "], []],
  [
    "a number in national form, and one that cannot exist",
    ["+491701234567", "0170 1234567", "+1202"],
    ['list.csv:3: phone is "0170 1234567".', 'list.csv:4: phone is "+1202".', NEEDED],
  ],
  [
    "many: the first five are named",
    Array.from({ length: 7 }, (_, index) => `030${index}`),
    [2, 3, 4, 5, 6]
      .map((line) => `list.csv:${line}: phone is "030${line - 2}".`)
      .concat("list.csv: The same holds for 2 more.", NEEDED),
  ],
])("%s", (_, phones, notes) => expect(numberNotes("list.csv", listed(...phones))).toEqual(notes));
