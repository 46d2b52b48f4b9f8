import { expect, test } from "vitest";
import { type Breaker, judgeReports, newBreaker, released } from "../../../lambdas/domain/counters/breaker.ts";
import type { Mailed } from "../../../lambdas/domain/counters/reputation.ts";

const NOW = "2026-01-05T09:00:00.000Z";
const total = (sent: number, bounced = 0, complained = 0): Mailed => ({ sent, bounced, complained });
const judged = (...totals: Mailed[]): Breaker =>
  totals.reduce((breaker, total) => judgeReports(breaker, total, NOW), newBreaker("j"));

test.each<[string, Mailed[], string | undefined]>([
  ["no reports", [total(1_000)], undefined],
  ["five complaints of 1,000", [total(1_000, 0, 5)], "complaints"],
  ["five complaints of 1,001", [total(1_001, 0, 5)], undefined],
  ["four complaints of 100", [total(100, 0, 4)], undefined],
  ["twenty bounces of 200", [total(200, 20)], "bounces"],
  ["twenty bounces of 201", [total(201, 20)], undefined],
  ["99 messages, all bounced", [total(99, 99)], undefined],
  ["100 messages, all bounced", [total(100, 100)], "bounces"],
  ["a bad day after a good past", [total(1_000_000), total(1_010_000, 1), total(1_010_900, 1, 60)], "complaints"],
  ["late complaints after a pause", [total(1_000_000), total(1_010_000, 1), total(1_010_100, 1, 49)], undefined],
])("%s", (_, totals, kind) => {
  expect(judged(...totals).held?.kind).toBe(kind);
});

test("an open breaker keeps its reason and time when further reports come", () => {
  const breaker = judged(total(1_000, 0, 5), total(1_000, 0, 90));
  expect(breaker.held).toEqual({ kind: "complaints", reports: 5, sent: 1_000, at: NOW });
});

test("the latest 10,000 to 20,000 messages count", () => {
  const marks = judged(total(9_999, 1), total(10_000, 2), total(19_999, 3), total(20_000, 4)).marks;
  expect(marks).toEqual([total(10_000, 2), total(20_000, 4)]);
});

test("totals that a recount has lowered are a new beginning", () => {
  const breaker = judged(total(10_000, 500), total(20_000, 900), total(900, 30));
  expect(breaker.marks).toEqual([total(900, 30), total(900, 30)]);
  expect(judgeReports(breaker, total(1_000, 50), NOW).held).toMatchObject({ kind: "bounces", reports: 20, sent: 100 });
});

test("each change increases the revision; without a change the same object is returned", () => {
  const held = judged(total(1_000, 0, 5));
  expect(held.revision).toBe(1);
  expect(judgeReports(held, total(1_001, 0, 6), NOW)).toBe(held);
  const open = newBreaker("j");
  expect(judgeReports(open, total(9_999), NOW)).toBe(open);
  expect(released(open, total(9_999))).toBe(open);
});

test("a release forgets earlier reports and counts later ones", () => {
  const free = released(judged(total(1_000, 0, 50)), total(1_000, 0, 60));
  expect(free).toEqual({ journeyId: "j", marks: [total(1_000, 0, 60), total(1_000, 0, 60)], revision: 2 });
  expect(judgeReports(free, total(1_099, 0, 99), NOW)).toBe(free);
  expect(judgeReports(free, total(1_100, 0, 65), NOW).held).toEqual({
    kind: "complaints",
    reports: 5,
    sent: 100,
    at: NOW,
  });
});
