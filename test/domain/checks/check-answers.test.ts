/** A conversation in which each answer leads back to a message: a machine that answers would get hundreds of messages. */
import { describe, expect, test } from "vitest";
import { checkJourney } from "../../../lambdas/domain/checks/check-journey.ts";
import { type Channel, channels } from "../../../lambdas/domain/messages/channel.ts";

const word = (operator: string, value: unknown) => ({ field: "event.word", operator, value });
const hear = (next: string, where?: object) => ({
  type: "waitFor",
  within: "P1D",
  branches: [{ id: "answered", event: "message.received", next, ...(where && { where }) }],
});
const send = (next?: string, template = "hello") => ({ type: "sendTemplate", template, ...(next && { next }) });
const tag = (next: string) => ({ type: "addTag", tags: ["answered"], next });

/** The warnings of a journey that begins with `ask`. The channel of its template is not known, unless it is given. */
function warnings(components: object, more: object = {}, channel?: Channel): string[] {
  const document = {
    id: "talk",
    name: "Talk",
    status: "active",
    trigger: { event: "go" },
    start: "ask",
    components,
    ...more,
  };
  const known = channel === undefined ? new Map() : new Map([["hello", channel]]);
  const checked = checkJourney(document, new Set(["hello"]), new Map(), known);
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  return checked.warnings.flatMap(({ code, path }) => (code === "answers-without-end" ? [path] : []));
}

const talk = { ask: send("hear"), hear: hear("ask") };
const branch = ["components.hear.branches[0].next"];

describe("a warning", () => {
  test.each<[string, object, readonly string[]]>([
    ["each answer leads to the message", talk, branch],
    ["a component lies between them", { ask: send("hear"), hear: hear("note"), note: tag("ask") }, branch],
    [
      "another message answers, and the customer is heard again",
      { ask: send("hear"), hear: hear("thank"), thank: send("hear") },
      branch,
    ],
    [
      "a short wait lies between them",
      { ask: send("hear"), hear: hear("pause"), pause: { type: "wait", for: "PT1M", next: "ask" } },
      branch,
    ],
    [
      "the condition names no certain word",
      { ask: send("hear"), hear: hear("ask", word("notEquals", "stop")) },
      branch,
    ],
    [
      "one of two alternatives names no certain word",
      { ask: send("hear"), hear: hear("ask", { any: [word("equals", "yes"), word("contains", "y")] }) },
      branch,
    ],
    [
      "two that hear the customer are in the loop",
      { ask: send("hear"), hear: hear("more"), more: send("again"), again: hear("ask") },
      [...branch, "components.again.branches[0].next"],
    ],
  ])("when %s", (_, components, paths) => expect(warnings(components)).toEqual(paths));

  test("names the message, and what to do", () => {
    const document = { id: "talk", name: "Talk", trigger: { event: "go" }, start: "ask", components: talk };
    const checked = checkJourney(document, new Set(["hello"]));
    expect("warnings" in checked && checked.warnings).toEqual([
      {
        path: branch[0],
        code: "answers-without-end",
        severity: "warning",
        message:
          'Each answer leads back to "ask". If a machine answers, one customer gets hundreds of messages. Let the branch hear certain words (event.word), let a condition count the answers, or set limits.cap.',
      },
    ]);
  });
});

describe("no warning", () => {
  test.each<[string, object, object?]>([
    ["the answer leads on", { ask: send("hear"), hear: hear("thank"), thank: send() }],
    [
      "the answer leads to a component that sends nothing",
      { ask: send("hear"), hear: hear("note"), note: tag("hear") },
    ],
    ["the branch hears a certain word", { ask: send("hear"), hear: hear("ask", word("oneOf", ["again", "more"])) }],
    [
      "the branch hears a certain word among other conditions",
      {
        ask: send("hear"),
        hear: hear("ask", {
          all: [word("equals", "again"), { field: "event.channel", operator: "equals", value: "sms" }],
        }),
      },
    ],
    [
      "a condition may lead out",
      {
        ask: send("hear"),
        hear: hear("enough"),
        enough: {
          type: "condition",
          branches: [
            {
              when: { event: "message.received", count: { operator: "lessThan", value: 5 }, within: "P1D" },
              next: "ask",
            },
          ],
        },
      },
    ],
    [
      "the next message comes a day later",
      { ask: send("hear"), hear: hear("pause"), pause: { type: "wait", for: "P1D", next: "ask" } },
    ],
    [
      "the event is another one",
      { ask: send("hear"), hear: { ...hear("ask"), branches: [{ id: "a", event: "visit", next: "ask" }] } },
    ],
    ["only silence leads back", { ask: send("hear"), hear: { ...hear("thank"), otherwise: "ask" }, thank: send() }],
    ["the journey has a cap", talk, { limits: { cap: [{ max: 3, within: "P1D", class: "all", otherwise: "skip" }] } }],
  ])("when %s", (_, components, more) => expect(warnings(components, more)).toEqual([]));
});

test("a cap that the journey switches off does not end the loop", () =>
  expect(warnings(talk, { limits: { cap: "none" } })).toEqual(branch));

describe.each(channels)("on the channel %s", (channel) => {
  const isNumber = channel === "sms" || channel === "whatsapp";
  const asked = { type: "messageStatusRule", message: "ask", status: "replied", within: "P1D", met: "ask" };

  test("a message that each answer leads to", () =>
    expect(warnings(talk, {}, channel)).toEqual(isNumber ? branch : []));

  test("a rule on the status replied", () =>
    expect(warnings({ ask: send("hear"), hear: asked }, {}, channel)).toEqual(isNumber ? ["components.hear.met"] : []));
});
