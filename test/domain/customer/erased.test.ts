/** A customer after an erasure. */
import { describe, expect, test } from "vitest";
import { unknownCustomer } from "../../../lambdas/domain/customer/customer.ts";
import { erased, mergeChanges } from "../../../lambdas/domain/customer/merge-changes.ts";
import { by, early, late, merged, mid } from "./merged.ts";

describe("erased", () => {
  const said = (time: string) =>
    mergeChanges(
      merged([{ old: 1, email: "a@shop.example", topics: { news: false } }, early]),
      { young: 2, tags: ["x"], topics: { offers: true } },
      time,
      3,
      by("e-9"),
    );
  const tombstone = { ...unknownCustomer("c-1"), revision: 1, deletedAt: mid };

  test("removes every change up to its time, that time included", () => {
    expect(erased(said(mid), mid)).toEqual(tombstone);
  });

  test("keeps the changes after its time, with their times and their event", () => {
    expect(erased(said(late), mid)).toEqual({
      ...tombstone,
      attributes: { young: 2, topics: { offers: true } },
      tags: ["x"],
      times: { young: late, tags: late, "topics.offers": late },
      changedAt: late,
      hops: 3,
      changedBy: "e-9",
      changedByName: "order",
    });
  });

  test("a customer without topics and tags has none afterwards", () => {
    const customer = mergeChanges(merged([{ tags: ["x"], topics: { news: true } }, early]), { young: 2 }, late, 0);
    const { attributes, tags, ...rest } = erased(customer, mid);
    expect([attributes, tags]).toEqual([{ young: 2 }, []]);
    expect(rest).not.toHaveProperty("changedBy");
  });

  test.each([
    ["an address and its bounce that are younger stay", late, late, true],
    ["the bounce was before", late, mid, false],
    ["the address was before", early, late, false],
  ])("%s", (_, addressAt, bouncedAt, kept) => {
    const suppressed = { email: "a@shop.example", reason: "bounced", at: bouncedAt } as const;
    const customer = { ...merged([{ email: "a@shop.example" }, addressAt], [{ n: 1 }, late]), suppressed };
    expect(erased(customer, mid).suppressed).toEqual(kept ? suppressed : undefined);
  });

  test("an older erasure does not change the time of a newer one", () => {
    expect(erased({ ...unknownCustomer("c-1"), deletedAt: late }, mid)).toMatchObject({ deletedAt: late });
  });
});
