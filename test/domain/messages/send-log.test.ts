/** The send log, which frequency caps count. */
import { expect, test } from "vitest";
import {
  emptySendLog,
  MOST_COUNTED,
  type Send,
  withoutSend,
  withSend,
} from "../../../lambdas/domain/messages/send-log.ts";

const send = (messageId: string, at: string, kind: Send["class"] = "marketing"): Send => ({
  messageId,
  class: kind,
  at: `2026-01-05T${at}:00.000Z`,
});
const after = (...sends: readonly Send[]) => sends.reduce(withSend, emptySendLog("c-1"));

test("messages are in order of time, whatever the order of the claims", () => {
  const [a, b, c] = [send("a", "10:00"), send("b", "11:00", "transactional"), send("c", "12:00")];
  for (const order of [
    [a, b, c],
    [c, b, a],
    [b, a, c],
    [c, a, b],
  ])
    expect(after(...order).sends).toEqual([a, b, c]);
});

test("a message that is claimed again counts once, at its last time", () => {
  const again = send("a", "12:00");
  expect(after(send("a", "10:00"), send("b", "11:00"), again)).toMatchObject({
    sends: [send("b", "11:00"), again],
    revision: 3,
  });
});

test("the oldest messages of a class are removed, and those of the other class stay", () => {
  const minutes = Array.from({ length: MOST_COUNTED + 2 }, (_, n) => `11:${String(n).padStart(2, "0")}`);
  const receipt = send("receipt", "10:00", "transactional");
  const { sends } = after(receipt, ...minutes.map((at, n) => send(`m-${n}`, at)));
  expect(sends).toHaveLength(MOST_COUNTED + 1);
  expect(sends.slice(0, 2).map(({ messageId }) => messageId)).toEqual(["receipt", "m-2"]);
});

test("a message that was not sent is removed; an unknown message changes nothing", () => {
  const known = after(send("a", "10:00"), send("b", "11:00"));
  expect(withoutSend(known, "a")).toEqual({ customerId: "c-1", sends: [send("b", "11:00")], revision: 3 });
  expect(withoutSend(known, "z")).toBe(known);
});
