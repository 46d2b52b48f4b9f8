/**
 * The members of every JSON document that a command prints: programs read them. A changed line changes a contract.
 * `[]` stands for each item of a list; below `…` the names are the customer's or the journey's own.
 */
import { describe, expect, test } from "vitest";
import { customer, each, enrollment, event, funnel, problem, status } from "./json-members.ts";
import { answer, shapeOf } from "./on-stack.ts";
import { cart, letter, shop } from "./shop.ts";

const files = {
  "cart.json": cart,
  "longer.json": { ...cart, components: { ...cart.components, cold: { type: "addTag", tags: ["frozen"] } } },
  "hello.json": { ...letter, subject: "Hi" },
  "broken.json": { ...cart, start: "nowhere" },
  "event.json": { event: "order.placed", customerId: "eve", id: "order-eve" },
  "bad-event.json": { event: "order.placed" },
  "in/cart.journey.json": cart,
};

describe("the members of the JSON of", () => {
  test.each<[string, string, number, readonly string[]]>([
    [
      "list",
      "list",
      0,
      [
        "ok",
        ...each(
          "journeys",
          "journeyId",
          "name",
          "status",
          "version",
          "breaker-open",
          "inside",
          "entered",
          "edit",
          "problems",
        ),
        ...each("templates", "templateId", "kind", "edit", "problems"),
      ],
    ],
    ["stats", "stats cart", 0, [...funnel, "status"]],
    ["stats of a version", "stats cart --version 1", 0, [...funnel, "goals[].medianSeconds"]],
    [
      "customer with an enrollment",
      "customer ada",
      0,
      [
        ...customer,
        ...enrollment,
        ...event,
        "reasons[]",
        ...each("entries", "customerId", "journeyId", "count", "lastEnteredAt", "revision"),
      ],
    ],
    [
      "customer with a reason",
      "customer cyd",
      0,
      [
        ...customer,
        "profile.changedBy",
        "profile.changedByName",
        "enrollments[]",
        ...event,
        ...each(
          "reasons",
          ..."customerId enrollmentId journeyId journeyVersion eventId deliveryId event reason time at".split(" "),
        ),
        "entries[]",
      ],
    ],
    [
      "customer without stored data",
      "customer nobody",
      1,
      ["ok", "customerId", "enrollments[]", "events[]", "reasons[]", "entries[]"],
    ],
    [
      "why a customer entered",
      "why ben cart",
      0,
      [
        "ok",
        "customerId",
        "journeyId",
        ...each("attempts", "entered", "at", "event", "eventId", "version", "status", "reason"),
        "unanswered[]",
        "now.enters",
        "now.reason",
        "now.because",
      ],
    ],
    [
      "why a customer did not enter",
      "why cyd cart",
      0,
      [
        "ok",
        "customerId",
        "journeyId",
        ...each("attempts", "entered", "at", "event", "eventId", "reason", "because"),
        "unanswered[]",
        "now.enters",
        "now.reason",
        "now.because",
      ],
    ],
    [
      "publish",
      "publish longer.json hello.json",
      0,
      ["ok", "problems[]", ...each("results", "file", "kind", "id", "state", "version", "problems[]", "tests[]")],
    ],
    [
      "publish --dry-run",
      "publish longer.json hello.json --dry-run",
      0,
      [
        ..."ok problems[]".split(" "),
        ...[
          ..."file kind id isNew live.version live.status version inside at.… lastEdit".split(" "),
          ...each("differences", "path", "part", "kind", "before", "after", "before[]", "after[]"),
          ...each("effects", "part", "customers", "text"),
          ...each("journeys", "id", "inside"),
        ].map((member) => `results[].${member}`),
      ],
    ],
    ["publish of a broken file", "publish broken.json", 1, ["ok", "results[]", ...problem("problems")]],
    [
      "import",
      "import in",
      0,
      ["ok", "problems[]", ...each("results", "file", "kind", "id", "state", "version", "problems[]", "tests[]")],
    ],
    ["export", "export out", 0, ["ok", "files[].file", "files[].state", "others[]"]],
    ["pause", "pause cart", 0, status],
    ["resume", "resume cart", 0, status],
    ["stop", "stop cart --yes", 0, [...status, "insideNow"]],
    ["stop --no-wait", "stop cart --yes --no-wait", 0, status],
    ["watch", "watch cart --for PT1S", 0, ["at", "counts.…", ...each("changes", "name", "by", "now"), "entered[]"]],
    [
      "delete of a journey with customers inside",
      "delete cart",
      2,
      ["ok", ...each("problems", "path", "code", "message")],
    ],
    ["send", "send event.json", 0, ["ok", "sent", "problems[]"]],
    ["send of a broken file", "send bad-event.json", 1, ["ok", "sent", ...problem("problems")]],
    [
      "diff of a journey",
      "diff longer.json",
      1,
      [
        ..."ok kind id live.version live.status version inside at.… lastEdit".split(" "),
        ...each("differences", "path", "part", "kind", "before[]", "after[]"),
        ...each("effects", "part", "customers", "text"),
      ],
    ],
    [
      "diff of a template",
      "diff hello.json",
      1,
      [
        ..."ok kind id isNew".split(" "),
        ...each("differences", "path", "part", "kind", "before", "after"),
        ...each("journeys", "id", "inside"),
      ],
    ],
    ["diff of a broken file", "diff broken.json", 2, ["ok", ...problem("problems")]],
    ["recount", "recount cart", 0, ["ok", "journeyId", "differences[]", "moving[]", "repaired"]],
    [
      "erase",
      "erase ben --yes",
      0,
      ["ok", "customerId", "found", "left[]", ...each("remains", "place", "what", "until", "remove")],
    ],
    ["redrive", "redrive --list", 0, ["ok", "action", "letters[]", "missing[]", "cameBack[]"]],
    ["doctor", "doctor", 0, ["ok", ...each("findings", "area", "state", "what", "forCustomers", "doFirst")]],
  ])("%s", async (_, line, exitCode, members) => {
    const found = await answer(await shop(), line.split(" "), files);
    expect(shapeOf(found.json)).toEqual([...new Set(members)].sort());
    expect(found.exitCode).toBe(exitCode);
  });
});

test("the JSON of dead letters", async () => {
  const stack = await shop();
  const body = { "detail-type": "order.placed", time: "2026-01-05T08:00:00Z", detail: { customerId: "eve" } };
  stack.events.put("m-1", JSON.stringify(body));
  const { json } = await answer(stack, ["redrive", "--list"]);
  expect(shapeOf(json.letters)).toEqual(
    each("", "messageId", "queue", "what", "customerId", "time", "sentAt", "reason", "rejected").sort(),
  );
});

test("the JSON of counters that differ, and of items that an erasure left", async () => {
  const stack = await shop();
  const counts = { completed: 2 };
  await stack.ports.store.commit([{ kind: "counts", journeyId: "cart", counts, shardKey: "cart" }]);
  const { json } = await answer(stack, ["recount", "cart"]);
  expect(shapeOf(json.differences)).toEqual(["[].counter", "[].logs", "[].name"]);
  stack.delivers = false;
  const erased = await answer(stack, ["erase", "ben", "--yes", "--wait", "1"]);
  expect(shapeOf(erased.json.left)).toEqual(["[].key", "[].table"]);
});

test("show prints the saved document with its publication, or a frozen version", async () => {
  const stack = await shop();
  const publication = { state: "published", version: 1, at: "2026-01-05T10:00:01.000Z", problems: [] };
  expect((await answer(stack, ["show", "cart"])).json).toEqual({
    ok: true,
    document: { ...cart, version: "current", publication },
  });
  expect((await answer(stack, ["show", "cart", "--version", "1"])).json).toEqual({
    ok: true,
    document: { ...cart, version: "v1" },
  });
});
