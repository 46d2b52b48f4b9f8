/** The hashes and Base64 that also run in a browser give the results of Node's own, so nothing stored changes. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { fromBase64Url, toBase64Url } from "../../../lambdas/domain/values/base64url.ts";
import * as node from "../../../lambdas/domain/values/digest/node.ts";
import { hmacSha256, isSameSecret, sha256 } from "../../../lambdas/domain/values/digest/portable.ts";

const anyText = fc.string({ unit: "binary", maxLength: 200 });

test("a lone surrogate and a byte order mark are hashed as Node hashes them", () => {
  for (const text of ["\ud800", "\ufeff", ""])
    expect(Buffer.from(sha256(text))).toEqual(Buffer.from(node.sha256(text)));
});

test("SHA-256 of any text", () =>
  fc.assert(
    fc.property(anyText, (text) => {
      expect(Buffer.from(sha256(text))).toEqual(Buffer.from(node.sha256(text)));
    }),
  ));

test("HMAC-SHA-256 with any key", () =>
  fc.assert(
    fc.property(anyText, anyText, (key, text) => {
      expect(Buffer.from(hmacSha256(key, text))).toEqual(Buffer.from(node.hmacSha256(key, text)));
    }),
  ));

test("Base64 of any bytes", () =>
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = toBase64Url(bytes);
      expect(text).toBe(Buffer.from(bytes).toString("base64url"));
      expect(fromBase64Url(text)).toEqual(bytes);
    }),
  ));

const words = fc.array(fc.constantFrom(..."Az09-_+/= .\n"), { maxLength: 40 }).map((letters) => letters.join(""));

test("an ASCII text that is not Base64 is read as Node reads it", () =>
  fc.assert(
    fc.property(words, (text) => {
      expect(Buffer.from(fromBase64Url(text))).toEqual(Buffer.from(text, "base64url"));
    }),
  ));

test("two secrets are the same when all their bytes are", () =>
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 4, maxLength: 4 }),
      fc.uint8Array({ minLength: 4, maxLength: 4 }),
      (a, b) => {
        expect(isSameSecret(a, b)).toBe(node.isSameSecret(a, b));
        expect(isSameSecret(a, a.slice())).toBe(true);
        expect(isSameSecret(a, a.subarray(0, 3))).toBe(false);
      },
    ),
  ));
