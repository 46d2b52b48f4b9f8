/** The printed timeline: days, times, names in a column, and the summary. */
import { expect, test } from "vitest";
import { TimelinePrinter } from "../../../cli/simulate/timeline-printer.ts";
import type { TimelineLine } from "../../../simulator/timeline.ts";
import { ioOf } from "../running.ts";

const about = { at: "2026-01-05T09:00:00.000Z", customerId: "c-1", journeyId: "j", enrollmentId: "e" };

function printing(customers = [{ customerId: "c-1", firstName: "Ada" }, { customerId: "c-22" }]) {
  const { io, out } = ioOf({});
  return { printer: new TimelinePrinter({ customers }, io), out };
}

test("a day or a time is printed when it changes, and names form a column", () => {
  const { printer, out } = printing();
  const line = (at: string, customerId = "c-1"): TimelineLine => ({ ...about, at, customerId, kind: "completed" });
  printer.print(line("2026-01-05T09:00:00.000Z"));
  printer.print(line("2026-01-05T09:00:00.000Z", "c-22"));
  printer.print(line("2026-01-05T09:00:30.000Z", "c-unknown"));
  printer.print(line("2026-01-06T09:00:30.000Z"));
  expect(out.join("\n").split("\n")).toEqual([
    "",
    "Monday, 5 January 2026",
    "  09:00    Ada   ✓ completes j",
    "           c-22  ✓ completes j",
    "  09:00:30 c-unknown  ✓ completes j",
    "",
    "Tuesday, 6 January 2026",
    "  09:00:30 Ada   ✓ completes j",
  ]);
});

test("the summary counts exits by reason, goals and tags, and leaves out what did not happen", () => {
  const { printer, out } = printing();
  for (const reason of ["bought", "bought", "journey-stopped"])
    printer.print({ ...about, kind: "exited", componentId: "x", reason });
  out.length = 0;
  const nothing = { kind: "summary", entered: 0, active: 0, completed: 0, exited: 0, failed: 0, messages: 0 } as const;
  printer.printSummary({
    ...nothing,
    entered: 6,
    active: 1,
    completed: 1,
    exited: 3,
    failed: 1,
    messages: 1,
    goals: { "j/sale": 2 },
    tags: { "c-1": ["a", "b"], "c-22": ["c"] },
  });
  expect(out).toEqual([
    "\n  6 entered: 1 completed, 3 exited (bought 2×, the journey was stopped 1×), 1 still inside, 1 failed. 1 message sent.",
    "  Goals: j/sale 2×.",
    "  Tags: Ada a, b; c-22 c.",
  ]);
  const { printer: quiet, out: little } = printing();
  quiet.printSummary({ ...nothing, goals: {}, tags: {} });
  expect(little).toEqual(["\n  0 entered: 0 completed, 0 exited. 0 messages sent."]);
});
