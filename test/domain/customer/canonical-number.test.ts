/** A number has one form, E.164. The table of the possible lengths says what the kept library says. */
import { parsePhoneNumberFromString as parseWithTypes } from "libphonenumber-js/max";
import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import metadata from "libphonenumber-js/min/metadata";
import { expect, test } from "vitest";
import { canonicalNumber } from "../../../lambdas/domain/customer/canonical-number.ts";

test.each([
  ["+491701234567", "+491701234567"],
  ["  +14155550100\n", "+14155550100"],
  ["+5511912345678", "+5511912345678"],
])("%j is %s", (text, number) => expect(canonicalNumber(text)).toBe(number));

test.each([
  ["a national number", "01701234567"],
  ["an international prefix", "00491701234567"],
  ["no plus", "491701234567"],
  ["blanks inside", "+49 170 1234567"],
  ["a bracketed zero", "+49(0)1701234567"],
  ["letters", "+1800FLOWERS"],
  ["an extension", "+14155550100;ext=1"],
  ["a code that no country has", "+999123456789"],
  ["a number that is too short", "+1415555010"],
  ["a number that is too long", "+141555501000"],
  ["16 digits", "+4917012345678901"],
  ["digits of another script", "+٤٩١٧٠١٢٣٤٥٦٧"],
  ["two numbers", "+491701234567,+491701234568"],
  ["a line break", "+491701234567\n+1"],
  ["a zero after the plus", "+0491701234567"],
  ["nothing", ""],
])("%s is none", (_, text) => expect(canonicalNumber(text)).toBeUndefined());

/** The library accepts a length when a number of it, with some first digit, is possible and is read as it is written. */
function isPossible(code: string, length: number): boolean {
  return [1, 2, 3, 4, 5, 6, 7, 8, 9].some((first) => {
    const found = parsePhoneNumberFromString(`+${code}${first}${"0".repeat(length - 1)}`);
    return found?.isPossible() === true && found.nationalNumber.length === length;
  });
}

/** The library knows only numbers of these kinds for the code, and they take calls only. */
const callsOnly = ["TOLL_FREE", "SHARED_COST", "PREMIUM_RATE"];
const isCallsOnly = (code: string) => {
  const found = [...Array(10).keys()].flatMap((first) =>
    [7, 8, 9, 10, 11, 12].flatMap(
      (length) => parseWithTypes(`+${code}${String(first).repeat(length)}`)?.getType() ?? [],
    ),
  );
  return found.length > 0 && found.every((type) => callsOnly.includes(type));
};

const everyCode = [
  ...new Set([...Object.keys(metadata.country_calling_codes), ...Object.keys(metadata.nonGeographic)]),
];
const codes = everyCode.filter((code) => !["800", "808", "979"].includes(code));

test("the codes whose numbers take calls only are left out", () => {
  expect(Object.keys(metadata.nonGeographic).filter(isCallsOnly)).toEqual(["800", "808", "979"]);
  for (const number of ["+80012345678", "+80812345678", "+979123456789"])
    expect(canonicalNumber(number), number).toBeUndefined();
});

test("every length of every country is as libphonenumber-js says", () => {
  expect(codes.length).toBeGreaterThan(200);
  const differing = codes.flatMap((code) =>
    Array.from({ length: 13 }, (_, index) => index + 3)
      .filter((length) => code.length + length <= 15 && code.length + length >= 5)
      .filter((length) => (canonicalNumber(`+${code}${"5".repeat(length)}`) !== undefined) !== isPossible(code, length))
      .map((length) => `+${code}, ${length} digits`),
  );
  expect(differing).toEqual([]);
});
