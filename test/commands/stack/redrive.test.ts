/** `redrive` of messages: no dead letter is lost, even if the command fails. */
import { describe, expect, test } from "vitest";
import { MemoryStack } from "../memory-stack/stack.ts";
import { answer, command } from "../on-stack.ts";
import { shop } from "../shop.ts";
import { body } from "./dead-letters.ts";

/** Two events and a report are dead letters. */
function put() {
  const stack = new MemoryStack();
  stack.events.put("m-1", body("ada"));
  stack.events.put("m-2", body("ben"), { attributes: { reason: "detail.x: missing-member: Add it." } });
  stack.statuses.put("m-3", JSON.stringify({ "detail-type": "Email Opened", detail: { eventType: "Open" } }));
  return stack;
}

const lying = ({ events, statuses }: MemoryStack) => [...events.letters.keys(), ...statuses.letters.keys()];

const hidden = ({ events, statuses }: MemoryStack) => [...events.hidden, ...statuses.hidden];

describe("messages in the dead-letter queues", () => {
  test("--list shows each message with its queue and reason, sends and deletes nothing, and makes all visible at once", async () => {
    const stack = put();
    const { exitCode, json, did } = await answer(stack, ["redrive", "--list"]);
    expect([exitCode, did, hidden(stack)]).toEqual([0, [], []]);
    expect(json).toMatchObject({ action: "list", missing: [] });
    expect(json.letters).toMatchObject([
      { messageId: "m-1", queue: "events", what: "order.placed", customerId: "ada", rejected: false },
      { messageId: "m-2", queue: "events", reason: "detail.x: missing-member: Add it.", rejected: true },
      { messageId: "m-3", queue: "statuses", what: "Email Opened" },
    ]);
    const { out } = await command(stack, ["redrive", "--list"]);
    expect(out).toMatch(
      /^ *m-2 +events +order\.placed +ben +2026-01-05T08:00:00Z +detail\.x: missing-member: Add it\.$/m,
    );
    expect(out).toMatch(/^3 dead letters\.$/m);
  });

  test("a replay sends each message to its source queue before it deletes it", async () => {
    const stack = put();
    const { exitCode, out, did } = await command(stack, ["redrive"]);
    expect(did).toEqual([
      "send m-1 to events",
      "delete m-1 of events",
      "send m-2 to events",
      "delete m-2 of events",
      "send m-3 to statuses",
      "delete m-3 of statuses",
    ]);
    expect([exitCode, out]).toEqual([0, expect.stringMatching(/^3 dead letters replayed\.$/m)]);
    expect(stack.events.resent).toEqual([body("ada"), body("ben")]);
    expect((await answer(put(), ["redrive"])).json.action).toBe("replay");
  });

  test("a replay that fails between sending and deleting leaves the message in the queue, and prints the number of replayed messages", async () => {
    const stack = put();
    stack.events.diesAt = "m-2";
    await expect(command(stack, ["redrive"])).rejects.toThrow("Died.");
    expect(stack.did.slice(1)).toEqual(["send m-1 to events", "delete m-1 of events", "send m-2 to events"]);
    expect(lying(stack)).toEqual(["m-2", "m-3"]);
  });

  test("a replay of some messages that fails still puts back the others", async () => {
    const stack = put();
    stack.events.diesAt = "m-2";
    await expect(command(stack, ["redrive", "m-2"])).rejects.toThrow("Died.");
    expect(hidden(stack)).toEqual(["m-2"]);
  });

  test("--drop --yes deletes and sends nothing; without --yes it connects to no stack: exit code 2", async () => {
    const stack = put();
    const refused = await command(stack, ["redrive", "--drop"]);
    expect([refused.exitCode, stack.did, refused.err]).toEqual([2, [], expect.stringContaining("add --yes to --drop")]);
    const { exitCode, out, did } = await command(stack, ["redrive", "--drop", "--yes"]);
    expect(did).toEqual(["delete m-1 of events", "delete m-2 of events", "delete m-3 of statuses"]);
    expect([exitCode, out]).toEqual([0, expect.stringMatching(/^3 dead letters dropped\.$/m)]);
    expect(lying(stack)).toEqual([]);
  });

  test.each([
    ["replays", [], ["send m-2 to events", "delete m-2 of events"]],
    ["drops", ["--drop", "--yes"], ["delete m-2 of events"]],
  ])("with ids %s only those, and puts the others back", async (_, options, effects) => {
    const stack = put();
    const { exitCode, json, did } = await answer(stack, ["redrive", "m-2", ...options]);
    expect([exitCode, did, json.letters.length]).toEqual([0, effects, 1]);
    expect([lying(stack), hidden(stack)]).toEqual([["m-1", "m-3"], ["m-2"]]);
  });

  test("an unknown id: exit code 1, and a sentence for each", async () => {
    const { exitCode, json, err, did } = await answer(put(), ["redrive", "gone", "m-1"]);
    expect([exitCode, json.missing]).toEqual([1, ["gone"]]);
    expect(did).toEqual(["send m-1 to events", "delete m-1 of events"]);
    expect(err).toBe("There is no dead letter gone, or it was handled. journeys redrive --list shows all.");
  });

  test("replays several pages, each message once, with progress after every hundred", async () => {
    const stack = new MemoryStack();
    for (let n = 0; n < 205; n++) stack.events.put(`m-${n}`, body("ada"));
    const { exitCode, json, err } = await answer(stack, ["redrive"]);
    expect([exitCode, json.letters.length, stack.events.resent.length]).toEqual([0, 205, 205]);
    expect([err, lying(stack)]).toEqual(["100 so far…\n200 so far…", []]);
  });

  test("says which messages came straight back, and how to fix it: exit code 1", async () => {
    const stack = new MemoryStack();
    const attributes = { reason: "detail.customerId: missing" };
    stack.events.put("bad", body("ada"), { attributes });
    stack.events.put("good", body("ben"));
    stack.events.onResend = ({ messageId, body }) => {
      const sentAt = new Date(Date.now() + 60_000).toISOString();
      if (messageId === "bad") stack.events.put("bad-again", body, { attributes, sentAt });
    };
    const { exitCode, json, err } = await answer(stack, ["redrive"]);
    expect([exitCode, json.ok, json.letters.length]).toEqual([1, false, 2]);
    expect(json.cameBack).toMatchObject([{ messageId: "bad-again", customerId: "ada" }]);
    expect(err).toMatch(/^1 message came straight back:\n {2}bad-again .*detail\.customerId: missing\n.*journeys send/);
  });

  test("a replay of messages that no function rejected does not wait", async () => {
    const stack = put();
    const before = stack.world.clock.now();
    const letters = [...stack.events.letters.values()].filter(({ attributes }) => attributes.reason === undefined);
    for (const { messageId } of letters) await answer(stack, ["redrive", messageId]);
    expect([letters.length > 0, stack.world.clock.now()]).toEqual([true, before]);
  });

  test("a message that comes back stays in the queue: the replay ends", async () => {
    const stack = new MemoryStack();
    for (let n = 0; n < 12; n++) stack.events.put(`m-${n}`, body("ada"));
    stack.events.onResend = ({ messageId, body }) => {
      const sentAt = new Date(Date.now() + 60_000).toISOString();
      stack.events.put(`${messageId}-again`, body, { sentAt });
    };
    const { json } = await answer(stack, ["redrive"]);
    expect([json.letters.length, stack.events.resent.length]).toEqual([12, 12]);
    expect(lying(stack)).toHaveLength(12);
    expect(hidden(stack).filter((id) => id.endsWith("-again"))).toEqual([]);
  });
});

test("an empty stack has no dead letters, and every id is unknown", async () => {
  const stack = await shop();
  expect((await command(stack, ["redrive"])).out).toBe("0 dead letters replayed.");
  expect((await command(stack, ["redrive", "m-9"])).exitCode).toBe(1);
});
