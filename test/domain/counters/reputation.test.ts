import { expect, test } from "vitest";
import { mailed, type Spike, spikesOf } from "../../../lambdas/domain/counters/reputation.ts";

test.each<[string, Record<string, number>, Spike["kind"][]]>([
  ["no messages", { entered: 7 }, []],
  ["one complaint of ten mails", { "message.a.sent": 10, "message.a.complained": 1 }, []],
  ["four complaints", { "message.a.sent": 10, "message.a.complained": 4 }, []],
  ["five complaints of 5,000", { "message.a.sent": 5_000, "message.a.complained": 5 }, ["complaints"]],
  ["five complaints of 5,001", { "message.a.sent": 5_001, "message.a.complained": 5 }, []],
  ["nineteen bounces of 19", { "message.a.sent": 19, "message.a.bounced": 19 }, []],
  ["twenty bounces of 400", { "message.a.sent": 400, "message.a.bounced": 20 }, ["bounces"]],
  ["twenty bounces of 401", { "message.a.sent": 401, "message.a.bounced": 20 }, []],
  [
    "bounces and complaints of two components together",
    {
      "message.a.sent": 50,
      "message.b.sent": 50,
      "message.a.bounced": 15,
      "message.b.bounced": 5,
      "message.b.complained": 5,
    },
    ["bounces", "complaints"],
  ],
  ["an outlet with the name bounced", { "message.a.sent": 9, "component.a.left.bounced": 99 }, []],
])("%s", (_, counts, kinds) => {
  expect(spikesOf(mailed(counts), "review").map(({ kind }) => kind)).toEqual(kinds);
});

test("messages skipped because of an earlier bounce or complaint do not count", () => {
  const skipped = { "message.a.sent": 10, "message.a.skipped.complained": 50, "message.a.skipped.bounced": 50 };
  expect(spikesOf(mailed(skipped), "review")).toEqual([]);
});

test("messages that an app sends do not count, and do not hide the reports of emails", () => {
  const counts = {
    "message.mail.sent": 100,
    "message.mail.complained": 5,
    "message.push.sent": 1_000_000,
    "message.push.bounced": 900,
    "message.push.byApp.sent": 1_000_000,
    "message.push.byApp.bounced": 900,
  };
  expect(mailed(counts)).toEqual({ sent: 100, bounced: 0, complained: 5 });
});

test("only sent messages, bounces and complaints are added up", () => {
  const counts = {
    "message.a.sent": 3,
    "message.b.sent": 2,
    "message.a.bounced": 1,
    "message.a.read": 9,
    "message.a.skipped.bounced": 9,
    "component.a.left.sent": 9,
    "component.a.bounced": 9,
    sent: 9,
    message: 9,
  };
  expect(mailed(counts)).toEqual({ sent: 5, bounced: 1, complained: 0 });
});
