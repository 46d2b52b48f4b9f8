import { expect, test } from "vitest";
import { overlayOf } from "../../../insight/picture/diagram/overlay.ts";
import { mermaid } from "../../../insight/picture/mermaid.ts";
import { svg } from "../../../insight/picture/svg.ts";
import type { Step } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { journey as document } from "../../cli/running.ts";
import { enrollment } from "../enrolled.ts";

const journey = document as unknown as Journey;
const overlay = overlayOf(enrollment(), journey);

test("a visited component has its times and outcome; another component has none", () => {
  expect(overlay.at("~trigger")).toEqual(["entered 5 Jan 09:00"]);
  expect(overlay.at("greet")).toEqual(["5 Jan 09:00 done"]);
  expect(overlay.at("read")).toEqual(["5 Jan 09:00 – 12:00 exited"]);
  expect(overlay.at("tag")).toBeUndefined();
});

test("the exit rule that was met and the goals that were reached have their times", () => {
  expect([overlay.at("~exit gone"), overlay.at("~goal sale")]).toEqual([
    ["left here 5 Jan 12:00"],
    ["reached 5 Jan 12:00"],
  ]);
});

const way = (from: string, outcome?: string) => ({ from, to: "", label: "", ...(outcome && { outcome }) });

test("a way is taken when its outcome was; a customer who left by an exit rule took no way from there", () => {
  expect(
    [way("~trigger"), way("greet", "done"), way("read", "met"), way("read", "notMet")].map(overlay.isTaken),
  ).toEqual([true, true, false, false]);
});

const step = (componentId: string, parts: Partial<Step>): Step => ({
  componentId,
  type: "wait",
  at: "2026-01-05T09:00:00.000Z",
  leftAt: "2026-01-05T09:00:30.000Z",
  outcome: "done",
  ...parts,
});

test("a component at which the customer waits shows since when, and until when at most", () => {
  const { leftAt: _, ...waiting } = step("read", { outcome: "waiting", until: "2026-01-06T09:00:00.000Z" });
  const here = overlayOf(enrollment({ status: "active", reason: undefined, steps: [waiting] }), journey);
  expect(here.at("read")).toEqual(["here since 5 Jan 09:00, at most until 6 Jan 09:00"]);
  expect(here.isTaken(way("read", "met"))).toBe(false);
});

test("a step that ended on another day shows that day", () => {
  const night = step("read", { outcome: "met", leftAt: "2026-01-06T00:10:00.000Z" });
  expect(overlayOf(enrollment({ steps: [night] }), journey).at("read")).toEqual(["5 Jan 09:00 – 6 Jan 00:10 met"]);
});

test("a skipped message has its reason, and the customer took the way of a sent message", () => {
  const skipped = step("greet", { outcome: "skipped", reason: "no-address", leftAt: "2026-01-05T09:00:00.000Z" });
  const path = overlayOf(enrollment({ steps: [skipped] }), journey);
  expect([path.at("greet"), path.isTaken(way("greet", "done"))]).toEqual([["5 Jan 09:00 skipped (no-address)"], true]);
});

test("of many visits, the newest three are shown", () => {
  const visits = Array.from({ length: 5 }, () => step("read", { outcome: "met" }));
  const texts = overlayOf(enrollment({ steps: visits }), journey).at("read");
  expect([texts?.length, texts?.[0], texts?.[1]]).toEqual([4, "2 visits before", "5 Jan 09:00 – 09:00:30 met"]);
});

test("a customer who completed is at the end that was reached", () => {
  const done = step("tag", { type: "addTag" });
  const path = overlayOf(enrollment({ status: "completed", reason: undefined, steps: [done] }), journey);
  expect(path.at("~end tag 0")).toEqual(["completed 5 Jan 09:00:30"]);
});

test("SVG and Mermaid make the same boxes pale", () => {
  const pictures = { svg: svg(journey, overlay), mermaid: mermaid(journey, overlay) };
  expect(pictures.svg.match(/<g opacity="\.35"><title>[^<]*/g)?.map((text) => text.split("<title>")[1])).toEqual([
    "Add tag: tag: reader",
    "The journey ends here",
    "The journey ends here",
  ]);
  expect(pictures.svg).toMatch(/text-anchor="middle" opacity="\.35">not read in time</);
  expect(pictures.mermaid).toContain("  class c_tag,end4,end5 pale\n  linkStyle 2,3,4 opacity:.35");
  expect(pictures.mermaid).toContain('"Send template<br/>greet<br/>hello<br/>5 Jan 09:00 done"');
});

test("without a customer nothing is pale", () => {
  expect(svg(journey)).not.toContain("opacity");
  expect(mermaid(journey)).not.toContain("pale");
});
