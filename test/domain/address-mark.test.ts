import { expect, test } from "vitest";
import { addressMark } from "../../lambdas/domain/customer/address-mark.ts";

test("a mark is the same for the same address, differs between addresses and does not contain the address", () => {
  const [a, b] = [addressMark("a@shop.example"), addressMark("b@shop.example")];
  expect([a === addressMark("a@shop.example"), a === b, a.includes("shop")]).toEqual([true, false, false]);
});
