/** The text of each kind of timeline line. */
import { expect, test } from "vitest";
import { timelineText } from "../../../insight/timeline/timeline-text.ts";
import type { TimelineLine } from "../../../simulator/timeline.ts";

const at = "2026-01-05T09:00:00.000Z";
const about = { at, customerId: "c-1", journeyId: "j", enrollmentId: "e" };
const step = { ...about, kind: "component", componentId: "x" } as const;

test.each<[string, TimelineLine, string | undefined]>([
  [
    "an entry by an event",
    { ...about, kind: "entered", version: 2, event: "go", key: "k1" },
    "▶ enters j v2 on go (k1)",
  ],
  ["an entry by a change", { ...about, kind: "entered", version: 1 }, "▶ enters j v1 on a change of the customer"],
  [
    "a reason of the system",
    { ...about, kind: "not-entered", version: 2, reason: "entry-limit" },
    "– does not enter j: entered as often as allowed",
  ],
  [
    "a loop of journeys, which has a text as every reason of the system has",
    { ...about, kind: "not-entered", version: 2, reason: "automatic-loop" },
    "– does not enter j: too many automatic entries, with no action by the customer in between",
  ],
  ["a wait", { ...step, type: "wait", outcome: "waiting", until: "2026-01-05T10:30:00.000Z" }, "… x waits until 10:30"],
  [
    "a wait until another day",
    { ...step, type: "wait", outcome: "waiting", until: "2026-01-07T10:30:05.000Z" },
    "… x waits until Wed 7 Jan, 10:30:05",
  ],
  [
    "a wait until another year",
    { ...step, type: "waitFor", outcome: "waiting", until: "2027-01-07T10:30:00.250Z" },
    "… x waits until Thu 7 Jan 2027, 10:30:00.250",
  ],
  ["the end of a wait", { ...step, type: "wait", outcome: "done" }, undefined],
  ["a component that is done", { ...step, type: "addTag", outcome: "done" }, "· x"],
  ["a branch", { ...step, type: "split", outcome: "blue" }, "· x → blue"],
  [
    "a message that is skipped",
    { ...step, type: "sendTemplate", outcome: "skipped", reason: "no-address" },
    "○ x is skipped: no address for this channel",
  ],
  ["a message that was sent, which its own line tells", { ...step, type: "sendTemplate", outcome: "done" }, undefined],
  [
    "a message",
    { ...about, kind: "message", componentId: "x", template: "t", channel: "email", to: "a@b.example", subject: "Hi" },
    "✉ x: “Hi” to a@b.example",
  ],
  [
    "a message for an app",
    { ...about, kind: "message", componentId: "x", template: "t", channel: "event", text: `Hi\n${"x".repeat(80)}` },
    `✉ x: “Hi ${"x".repeat(56)}…” requested`,
  ],
  [
    "a text message, which has an empty subject",
    {
      ...about,
      kind: "message",
      componentId: "x",
      template: "t",
      channel: "sms",
      to: "+12125550101",
      subject: "",
      text: "Hi",
    },
    "✉ x: “Hi” to +12125550101",
  ],
  [
    "a message that is delayed",
    {
      ...step,
      type: "sendTemplate",
      outcome: "waiting",
      until: "2026-01-05T10:30:00.000Z",
      reason: "quiet-hours",
    },
    "… x waits until 10:30: quiet hours",
  ],
  [
    "a message that is one too many",
    { ...step, type: "sendTemplate", outcome: "skipped", reason: "frequency-cap" },
    "○ x is skipped: written to as often as the cap allows",
  ],
  [
    "a message that is one too many for the journey",
    { ...about, kind: "exited", componentId: "x", reason: "frequency-cap" },
    "◀ leaves j at x: written to as often as the cap allows",
  ],
  ["a goal", { ...about, kind: "goal", goalId: "sale" }, "★ reaches the goal sale of j"],
  ["an exit", { ...about, kind: "exited", componentId: "x", reason: "bought" }, "◀ leaves j at x: bought"],
  [
    "an exit by the system",
    { ...about, kind: "exited", componentId: "x", reason: "journey-stopped" },
    "◀ leaves j at x: the journey was stopped",
  ],
  [
    "an exit by a rule with the name of a prototype's member",
    { ...about, kind: "exited", componentId: "x", reason: "constructor" },
    "◀ leaves j at x: constructor",
  ],
  ["a completion", { ...about, kind: "completed" }, "✓ completes j"],
  ["a failure", { ...about, kind: "failed", reason: "lost" }, "✗ fails in j: lost"],
])("%s", (_, line, words) => {
  const shown = timelineText(line);
  expect(shown && `${shown.mark} ${shown.text}`).toBe(words);
});
