/** All commands: the stack that they connect to, and their messages when access fails. */
import { describe, expect, test } from "vitest";
import { ran } from "../cli/running.ts";
import { MemoryStack } from "./memory-stack/stack.ts";
import { around, command } from "./on-stack.ts";
import { cart, letter, shop } from "./shop.ts";

const files = {
  "cart.json": cart,
  "hello.json": letter,
  "event.json": { event: "order.placed", customerId: "eve" },
  "in/cart.journey.json": cart,
};

const lines = [
  "list",
  "show cart",
  "stats cart",
  "stats cart --version 1",
  "customer ada",
  "why ada cart",
  "draw cart",
  "draw cart.json --customer ada",
  "render hello --customer ada",
  "publish cart.json",
  "import in",
  "export out",
  "diff cart.json",
  "pause cart",
  "resume cart",
  "stop cart",
  "delete cart",
  "migrate cart --to 1",
  "watch cart --for PT1S",
  "send event.json",
  "recount cart",
  "redrive",
  "erase ada --yes",
  "doctor",
  "archive --last P30D",
  "replay cart.json --last P30D --cores 1",
];

const refusal = (name: string, message: string) => Object.assign(new Error(message), { name });

describe.each(lines)("%s", (text) => {
  const line = text.split(" ");

  test("connects to the stack CustomerJourneys, or to the stack that --stack names", async () => {
    const stack = await shop();
    await ran(line, files, around(stack));
    expect(stack.did[0]).toBe("connect to CustomerJourneys");
    stack.did.length = 0;
    await ran([...line, "--stack", "Other"], files, around(stack));
    expect(stack.did[0]).toBe("connect to Other");
  });

  test.each([
    [
      "no such stack",
      refusal("ValidationError", "Stack with id Other does not exist"),
      /no stack "Other".*--stack NAME/,
    ],
    [
      "no permission",
      refusal("AccessDeniedException", "User may not Query"),
      /^AWS refuses access: User may not Query\./,
    ],
    ["no session", refusal("ExpiredTokenException", "expired"), /have expired\. Sign in again/],
  ])("%s: a sentence, exit code 2, nothing on standard output", async (_, error, sentence) => {
    const stack = await shop();
    const nowhere = { ...around(stack), connect: () => Promise.reject(error) };
    const { exitCode, out, err, written } = await ran([...line, "--stack", "Other"], files, nowhere);
    expect([exitCode, out, err, written]).toEqual([2, "", expect.stringMatching(sentence), {}]);
    expect(stack.did).toEqual([]);
  });

  test("does not hide an error that the user cannot fix", async () => {
    const stack = await shop();
    const broken = { ...around(stack), connect: () => Promise.reject(new TypeError("a defect")) };
    await expect(ran(line, files, broken)).rejects.toThrow("a defect");
  });
});

test("reports a permission that is missing later in the same way", async () => {
  const stack = await shop();
  stack.counts = () => Promise.reject(refusal("AccessDeniedException", "User may not Query Counters"));
  for (const line of [["list"], ["stats", "cart"], ["pause", "cart"], ["watch", "cart"], ["recount", "cart"]]) {
    const { exitCode, err } = await command(stack, line);
    expect([exitCode, err], line[0]).toEqual([2, expect.stringContaining("User may not Query Counters")]);
  }
});

test.each([
  ["show card"],
  ["stats card"],
  ["why ada card"],
  ["draw card"],
  ["pause card"],
  ["resume card"],
  ["stop card"],
  ["watch card"],
  ["migrate card --to 1"],
  ["recount card"],
  ["render hello --customer ada --journey card"],
])("%s: a journey that is not there is exit code 2, with the name that was meant", async (line) => {
  const { exitCode, out, err, did } = await command(await shop(), line.split(" "));
  expect([exitCode, out, did]).toEqual([2, "", []]);
  expect(err).toMatch(/^There is no journey "card" in the stack\. Did you mean "cart"\?$/);
});

test.each([
  ["show nothing-like-it", "journeys list shows all"],
  ["stats nothing-like-it", "journeys list shows all"],
])("%s on an empty stack says where all are listed", async (line, sentence) => {
  const { exitCode, err } = await command(new MemoryStack(), line.split(" "));
  expect([exitCode, err]).toEqual([2, expect.stringContaining(sentence)]);
});

test.each(["stats bad", "why ada bad", "draw bad", "recount bad"])(
  "%s: of a journey that was never live says what to look at",
  async (line) => {
    const stack = await shop();
    await stack.replaceJourney({ ...cart, id: "bad", start: "nowhere" }, undefined);
    await stack.outcome("bad");
    const { exitCode, err } = await command(stack, line.split(" "));
    expect([exitCode, err]).toEqual([2, expect.stringContaining("has never been live. journeys show bad shows")]);
  },
);
