/** Rules and conditions on a status that the channel of the message never reports. */
import { describe, expect, test } from "vitest";
import { channelsOf, statusProblems } from "../../../lambdas/domain/checks/check-statuses.ts";
import { type Channel, channels } from "../../../lambdas/domain/messages/channel.ts";
import { reportedStatuses } from "../../../lambdas/domain/messages/channel-traits.ts";
import { statuses } from "../../../lambdas/domain/messages/message-status.ts";

const templates = [
  { id: "mail", channel: "email" },
  { id: "app", channel: "event" },
  { id: "strange", channel: "pigeon" },
];
/** As a channel for text messages reports: nobody knows whether a text message was read. */
const withoutRead = () => ["sent", "delivered", "replied", "failed"] as const;
const send = { type: "sendTemplate", template: "app" };
const found = (components: object, reported: typeof withoutRead | undefined = withoutRead) =>
  statusProblems({ components }, channelsOf(templates), reported).map(({ path, code }) => `${path}: ${code}`);
const rule = (status: unknown, message = "send") => ({
  send,
  rule: { type: "messageStatusRule", message, status, within: "P1D" },
});
const status = (status: string) => ({ message: "send", status });

describe("a problem", () => {
  test.each<[string, object, string]>([
    ["a rule", rule("read"), "components.rule.status"],
    [
      "a condition",
      { send, c: { type: "condition", branches: [{ when: { not: { all: [status("clicked")] } } }] } },
      "components.c.branches[0].when.not.all[0].status",
    ],
    [
      "a waitFor",
      { send, w: { type: "waitFor", branches: [{ id: "a", where: status("bounced") }], within: "P1D" } },
      "components.w.branches[0].where.status",
    ],
  ])("%s on a status that is never reported", (_, components, path) =>
    expect(found(components)).toEqual([`${path}: status-not-reported`]),
  );

  test("names the statuses that the channel reports", () => {
    const [problem] = statusProblems({ components: rule("read") }, channelsOf(templates), withoutRead);
    expect(problem?.message).toBe(
      'The channel "event" of "send" never reports "read". It reports "sent", "delivered", "replied", "failed".',
    );
  });
});

test.each<[string, object]>([
  ["a status that is reported", rule("delivered")],
  ["a template of an unknown channel", { ...rule("read"), send: { type: "sendTemplate", template: "strange" } }],
  ["a template that does not exist", { ...rule("read"), send: { type: "sendTemplate", template: "nope" } }],
  ["a message that does not exist", rule("read", "nope")],
  ["a component that sends nothing", { ...rule("read"), send: { type: "addTag", tags: ["a"] } }],
  ["a status that is not a text", rule(7)],
  ["components that are not objects", { a: null, b: [] }],
])("%s: no problem", (_, components) => expect(found(components)).toEqual([]));

const reported = {
  email: statuses,
  event: statuses,
  sms: ["sent", "delivered", "replied", "failed"],
  whatsapp: ["sent", "delivered", "read", "replied", "failed"],
} as const satisfies Record<Channel, readonly string[]>;

test.each(channels)("the channel %s reports its statuses, replies through an app included", (channel) => {
  expect([...reportedStatuses(channel)].sort()).toEqual([...reported[channel]].sort());
});
