/** `journeys replay` on archives of simulated customers. */
import { describe, expect, test } from "vitest";
import type { Scenario } from "../../../simulator/scenario.ts";
import { ran, template } from "../../cli/running.ts";
import { archiveText, past } from "../../proof/replay/past.ts";

/** Customers who spend enough get the message. */
const live = {
  id: "greeting",
  name: "Greeting",
  status: "active",
  trigger: { event: "go", where: { field: "event.total", operator: "greaterThan", value: 10 } },
  goals: [{ id: "sale", event: "order" }],
  start: "is-vip",
  components: {
    "is-vip": {
      type: "condition",
      branches: [{ when: { field: "event.total", operator: "greaterThan", value: 100 }, next: "greet" }],
      otherwise: "later",
    },
    later: { type: "wait", for: "PT2H", next: "greet" },
    greet: { type: "sendTemplate", template: "hello" },
  },
};
const [branch] = live.components["is-vip"].branches;
const widened = { ...live, trigger: { event: "go", where: { ...live.trigger.where, value: 5 } } };
const stricter = {
  ...live,
  status: "draft",
  components: {
    ...live.components,
    "is-vip": { ...live.components["is-vip"], branches: [{ ...branch, when: { ...branch?.when, value: 200 } }] },
  },
};

const totals = [3, 8, 50, 150, 500];
const scenario = {
  journeys: [live],
  templates: [template],
  customers: totals.map((total) => ({
    customerId: `spends-${total}`,
    email: `${total}@mail.example`,
    firstName: "Ada",
  })),
  events: totals.map((total) => ({
    at: "2026-01-01T09:00:00Z",
    event: "go",
    id: `e-${total}`,
    customerId: `spends-${total}`,
    data: { total },
  })),
  until: "2026-01-05T00:00:00Z",
} as Scenario;
const archive = archiveText(await past(scenario));

async function replay(draft: object, more: readonly string[] = [], from = archive) {
  const files = { "draft.json": draft, "past.jsonl": from, "live.journey.json": live, "hello.template.json": template };
  const against = ["--against", "live.journey.json", "hello.template.json"];
  const result = await ran(["replay", "draft.json", "--from", "past.jsonl", ...against, ...more], files);
  return { ...result, json: more.includes("--json") ? result.out.split("\n").map((line) => JSON.parse(line)) : [] };
}

test("the live journey as its own draft changes nothing", async () => {
  const { exitCode, json } = await replay(live, ["--json"]);
  const [summary, ...others] = json;
  expect([exitCode, others]).toEqual([0, []]);
  expect(summary).toMatchObject({ kind: "summary", ok: true, customers: 5, changed: 0 });
  expect(summary.draft).toEqual(summary.against);
  expect(summary.draft).toMatchObject({
    customersEntered: 3,
    customersWrittenTo: 3,
    journeys: {
      greeting: { entered: 3, completed: 3, active: 0, refused: { "where-false": 2 }, messages: { greet: 3 } },
    },
    sendsByHour: { "2026-01-01T09:00:00.000Z": 2, "2026-01-01T11:00:00.000Z": 1 },
  });
  expect(summary.draft.dollars).toBeGreaterThan(0);
});

test("WhatsApp messages count with the price that a person gives, and are named without it", async () => {
  const files = {
    "draft.json": live,
    "past.jsonl": archive.replace(/"email":"[^"]*"/g, '"phone":"+491713920001"'),
    "live.journey.json": live,
    "hello.json": { id: "hello", channel: "whatsapp", class: "transactional", whatsapp: { template: "hello" } },
  };
  const compared = (...more: string[]) =>
    ran(
      ["replay", "draft.json", "--from", "past.jsonl", "--against", "live.journey.json", "hello.json", ...more],
      files,
    );
  const summary = async (...more: string[]) => JSON.parse((await compared("--json", ...more)).out).draft;
  const [without, given] = [await summary(), await summary("--whatsapp-price", "0.05")];
  expect([without.unpriced, given.unpriced]).toEqual([["whatsappTemplates"], []]);
  expect(given.dollars - without.dollars).toBeCloseTo(3 * 0.05);
  expect((await compared()).out).toContain("The fees of AWS and Meta for WhatsApp are not included.");
});

describe("a draft that changes something", () => {
  test("a trigger that lets more customers in: the customer, and the value that kept them out before", async () => {
    const { json } = await replay(widened, ["--json"]);
    expect(json).toHaveLength(2);
    expect(json[0]).toMatchObject({
      kind: "difference",
      customerId: "spends-8",
      at: "2026-01-01T09:00:00.000Z",
      against: {
        line: { kind: "not-entered", reason: "where-false" },
        because: expect.stringContaining("event.total is 8"),
      },
      draft: { line: { kind: "entered" } },
    });
    expect([json[1].changed, json[1].against.customersEntered, json[1].draft.customersEntered]).toEqual([1, 3, 4]);
  });

  test("a condition with another outcome: both outcomes, and the value that both read", async () => {
    const { json } = await replay(stricter, ["--json"]);
    expect(json).toHaveLength(2);
    expect(json[0]).toMatchObject({
      customerId: "spends-150",
      against: { line: { componentId: "is-vip", outcome: "greet" }, because: "event.total = 150" },
      draft: { line: { componentId: "is-vip", outcome: "later" }, because: "event.total = 150" },
    });
    expect(json[1].draft.sendsByHour).toEqual({ "2026-01-01T09:00:00.000Z": 1, "2026-01-01T11:00:00.000Z": 2 });
  });

  test("for people: the numbers of both sides, the hours, and the customer", async () => {
    const { out } = await replay(stricter);
    expect(out).toContain("5 customers, 1 with another passage.");
    expect(out).toMatch(/greeting +entered +3 +3\n/);
    expect(out).toMatch(/2026-01-01 11:00:00 +1 +2 +\+1/);
    expect(out).toMatch(/spends-150[\s\S]*before is-vip → greet \(event\.total = 150\)\n +draft +is-vip → later/);
  });
});

test("the answer does not depend on the number of cores", async () => {
  const [header = "", ...lines] = archive.trimEnd().split("\n");
  const many = Array.from({ length: 90 }, (_, round) => lines.map((line) => line.replaceAll("spends-", `r${round}-`)));
  const file = [header, ...many.flat()].join("\n");
  const [one, three] = await Promise.all(
    ["1", "3"].map((cores) => replay(stricter, ["--json", "--cores", cores], file)),
  );
  expect(one?.json).toHaveLength(91);
  expect(three?.out).toBe(one?.out);
});

describe("what cannot be replayed", () => {
  test("a line that cannot be read is named, and the others are replayed; exit code 1", async () => {
    const { exitCode, err, json } = await replay(live, ["--json"], `${archive}{"customerId":1}\nnonsense\n`);
    expect([exitCode, json[0].ok, json[0].customers]).toEqual([1, false, 5]);
    expect(err).toMatch(/past\.jsonl:7: customerId: .+\npast\.jsonl:8: The line is not JSON\./);
  });

  const line = (customer: object) => `${JSON.stringify({ customerId: "odd", ...customer })}\n`;
  const go = { at: "2026-01-02T09:00:00Z", event: "go", id: "e", data: { total: 50 } };
  test.each<[string, string, string, number]>([
    [
      "the second line of a customer",
      line({}) + line({ events: [go] }),
      "8: customerId: An earlier line has the same customer",
      6,
    ],
    [
      "an event before the archive begins",
      line({ events: [go, { ...go, at: "2025-12-31T23:59:59Z" }] }),
      "7: events[1].at: 2025-12-31T23:59:59Z is outside the time from 2026-01-01",
      5,
    ],
    [
      "an event after the archive ends",
      line({ events: [{ ...go, at: "2026-01-05T01:00:01+01:00" }] }),
      "7: events[0].at: 2026-01-05T01:00:01+01:00 is outside",
      5,
    ],
  ])("%s is named, and the line does not count", async (_, more, message, customers) => {
    const { exitCode, err, json } = await replay(live, ["--json"], archive + more);
    expect([exitCode, json[0].ok, json[0].customers]).toEqual([1, false, customers]);
    expect(err).toContain(`past.jsonl:${message}`);
  });

  test("an event at the very beginning or end of the archive counts", async () => {
    const events = ["2026-01-01T09:00:00Z", "2026-01-05T01:00:00+01:00"].map((at) => ({ ...go, at }));
    const { exitCode, json } = await replay(live, ["--json"], archive + line({ events }));
    expect([exitCode, json[0].customers]).toEqual([0, 6]);
  });

  test("an event that the stack would reject is named, and the customer's other events count", async () => {
    const events = [{ ...go, event: "order placed" }, { ...go, id: "customer-journeys:1" }, go];
    const { exitCode, err, json } = await replay(live, ["--json"], archive + line({ events }));
    expect([exitCode, json[0].customers, json[0].against.customersEntered]).toEqual([1, 6, 4]);
    expect(err).toMatch(
      /^past\.jsonl:7: events\[0\]: "order placed" is not an event name.+\npast\.jsonl:7: events\[1\]: An id that/,
    );
  });

  test("blank lines are left out, and the number of a line counts them", async () => {
    const [header = "", ...lines] = archive.trimEnd().split("\n");
    const { err, json } = await replay(live, ["--json"], [header, "", ...lines, " \r", "nonsense"].join("\n"));
    expect([err, json[0].customers]).toEqual(["past.jsonl:9: The line is not JSON.", 5]);
  });

  test("an archive that ends before it begins: exit code 2", async () => {
    const { exitCode, err } = await replay(live, [], archive.replace("2026-01-05", "2025-01-05"));
    expect([exitCode, err]).toEqual([2, expect.stringContaining('covers no time: "until" must be after "from"')]);
  });

  test("a draft with problems: they are listed, exit code 1", async () => {
    const { exitCode, out } = await replay({ ...live, start: "nowhere" });
    expect(exitCode).toBe(1);
    expect(out).toContain("(unknown-component)");
  });

  test.each([
    [["--statuses", "best"], /--statuses takes none, rates, worst/],
    [["--cores", "0"], /--cores takes a number/],
    [["--from", "nothing.jsonl"], /nothing\.jsonl cannot be read \(ENOENT\)/],
    [["--from", "draft.json"], /draft\.json is no archive/],
  ])("%j is wrong usage", async (more, message) => {
    const { exitCode, err } = await replay(live, more);
    expect(exitCode).toBe(2);
    expect(err).toMatch(message);
  });
});
