/** Texts that try to control a terminal, and the pattern that finds such characters in an output. */
import fc from "fast-check";

const code = String.fromCharCode;

/** Every character that a terminal or a reader's eye may be misled by. Tab and line feed are the output's own. */
export const raw = new RegExp(
  `[${code(0)}-${code(8)}${code(0x0b)}-${code(0x1f)}${code(0x7f)}-${code(0x9f)}\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]`,
);

export const sequences = [
  `${code(0x1b)}]52;c;cm0gLXJm${code(7)}`,
  `${code(0x1b)}]0;title${code(0x1b)}\\`,
  `${code(0x1b)}[2J`,
  `${code(0x1b)}[31m`,
  `${code(0x9b)}2J`,
  `${code(0x9d)}0;title${code(0x9c)}`,
  code(13),
  code(8),
  code(0x7f),
  code(0x202e),
  code(0x2066),
  code(0x200f),
  code(0x2028),
  "\n",
  "ordinary",
  "€ Grüße",
];

export const hostileText = fc
  .array(fc.constantFrom(...sequences), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join(""));

/** Every C0 and C1 control character, and every control of the direction of writing. */
export const controls = [
  ...[...Array(0x20).keys()].filter((each) => each !== 9),
  ...Array.from({ length: 0x21 }, (_, index) => 0x7f + index),
  ...[0x61c, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069],
].map((each) => code(each));
