/** The statuses of a message, and the statuses that they imply. */
import { describe, expect, test } from "vitest";
import {
  hasStatus,
  type Status,
  statuses,
  statusTime,
  withStatus,
} from "../../../lambdas/domain/messages/message-status.ts";

const [early, late] = ["2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"];
const implied: Record<Status, readonly Status[]> = {
  sent: ["sent"],
  delivered: ["sent", "delivered"],
  read: ["sent", "delivered", "read"],
  clicked: ["sent", "delivered", "read", "clicked"],
  replied: ["sent", "delivered", "read", "replied"],
  bounced: ["bounced"],
  complained: ["complained"],
  failed: ["failed"],
};

describe.each(statuses)("%s", (reported) => {
  test.each(statuses)("and a rule asks for %s", (asked) => {
    const holds = implied[reported].includes(asked);
    expect(hasStatus({ [reported]: early }, asked)).toBe(holds);
    expect(statusTime({ [reported]: early }, asked)).toBe(holds ? early : undefined);
  });
});

test("the earliest of several reports gives the time", () => {
  expect(statusTime({ delivered: late, clicked: early }, "delivered")).toBe(early);
  expect(statusTime({ delivered: early, clicked: late }, "delivered")).toBe(early);
  expect(statusTime({ delivered: early, clicked: late }, "read")).toBe(late);
});

test("a repeated report keeps the earliest time, and a report without effect returns the same object", () => {
  const known = { read: late };
  expect(withStatus(known, "read", early)).toEqual({ read: early });
  expect(withStatus(known, "read", late)).toBe(known);
  expect(withStatus({ read: early }, "read", late)).toEqual({ read: early });
  expect(withStatus(known, "sent", early)).toEqual({ sent: early, read: late });
});
