/** Computed ids and shares: they never change, and shares are spread evenly. */
import { describe, expect, test } from "vitest";
import { deterministicId, share } from "../../../lambdas/domain/values/hash.ts";

describe("an id", () => {
  test("never changes, because ids are stored", () => {
    expect(deterministicId("journey", "c-1", "e-1")).toBe("znbxbs6pywehgqg5bnqa2kkuyg");
  });

  test("is 26 lowercase letters and digits, which fit an execution name and an SES tag", () => {
    for (let n = 0; n < 500; n++) expect(deterministicId(String(n))).toMatch(/^[a-z2-7]{26}$/);
  });

  test("differs for different parts, even if their texts together are equal", () => {
    const all = [["a", "b"], ["ab"], ["a", "b", ""], ["b", "a"], ["a,b"], ['a","b']];
    expect(new Set(all.map((parts) => deterministicId(...parts))).size).toBe(all.length);
    expect(new Set(Array.from({ length: 10_000 }, (_, n) => deterministicId("x", String(n)))).size).toBe(10_000);
  });
});

describe("a share", () => {
  const shares = Array.from({ length: 10_000 }, (_, n) => share("journey", "split", `c-${n}`));
  test("is 0 ≤ x < 100, and the same every time", () => {
    expect(shares.every((x) => x >= 0 && x < 100)).toBe(true);
    expect(share("journey", "split", "c-7")).toBe(shares[7]);
  });

  test("is spread evenly: each tenth of the range has a tenth of the shares", () => {
    for (let tenth = 0; tenth < 10; tenth++) {
      const found = shares.filter((x) => x >= tenth * 10 && x < tenth * 10 + 10).length;
      expect(found, `${tenth}0 %`).toBeGreaterThan(850);
      expect(found, `${tenth}0 %`).toBeLessThan(1150);
    }
  });
});
