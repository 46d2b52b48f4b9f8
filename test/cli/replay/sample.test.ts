/** A sample of customers: which customers are in it, and what the commands say about it. */
import { describe, expect, test } from "vitest";
import { customerIn, isInSample, sampled, sampleOf } from "../../../cli/replay/sample.ts";
import { ran, template } from "../running.ts";

const ids = Array.from({ length: 20_000 }, (_, number) => `c-${number}`);

describe("the customers of a sample", () => {
  test("are about as many as the fraction says, and a smaller sample is a part of a larger sample", () => {
    const [tenth, hundredth] = [10, 100].map((of) => ids.filter((id) => isInSample(id, of))) as [string[], string[]];
    // Four times the standard deviation.
    expect(Math.abs(tenth.length - 2_000)).toBeLessThan(170);
    expect(Math.abs(hundredth.length - 200)).toBeLessThan(57);
    expect(hundredth.filter((id) => !tenth.includes(id))).toEqual([]);
  });

  test.each([
    ['{"customerId":"c-1","events":[]}', "c-1"],
    ['{"customerId":"a \\"b\\" \\u00e9"}', 'a "b" é'],
    [' {"events": [], "customerId": "c-1"}', "c-1"],
    ['{"customerId":7}', undefined],
    ['{"customerId":"\\x"}', undefined],
    ["nonsense", undefined],
    ["null", undefined],
  ])("the line %s has the customer %s", (line, customerId) => {
    expect(customerIn(line)).toBe(customerId);
  });
});

test.each([
  [undefined, undefined],
  ["1/2", 2],
  ["1/1000000", 1_000_000],
])("--sample %s takes one of %s", (given, of) => {
  expect(sampleOf(given)).toBe(of);
});

test.each(["1/1", "1/0", "1/1000001", "2/3", "0.01", "1%", "100", ""])("--sample %s is wrong usage", (given) => {
  expect(() => sampleOf(given)).toThrow("--sample takes a fraction from 1/2 to 1/1000000, such as 1/100");
});

test("the note says what a sample cannot show", () => {
  expect(sampled(undefined)).toEqual({});
  expect(sampled(100)).toEqual({
    sample: {
      of: 100,
      note: "This is a sample: about 1 of 100 customers, chosen by a hash of their ids. The numbers count only the customers of the sample. With 95 % confidence, n customers of the sample stand for 100 n customers in all, ± 200 √n if n is 10 or more. An effect that no customer of the sample shows can still concern up to 300 customers.",
    },
  });
});

describe("the commands", () => {
  const journey = {
    id: "greeting",
    name: "Greeting",
    status: "active",
    trigger: { event: "go" },
    start: "greet",
    components: { greet: { type: "sendTemplate", template: "hello" } },
  };
  const header = { archive: 1, from: "2026-01-01T00:00:00Z", until: "2026-01-31T00:00:00Z", attributes: true };
  const customers = ids.slice(0, 60).map((customerId) => ({
    customerId,
    attributes: { email: `${customerId}@mail.example` },
    events: [{ at: "2026-01-30T10:00:00Z", event: "go", id: "1" }],
  }));
  const text = (head: object) =>
    [head, ...customers]
      .map((line) => `${JSON.stringify(line)}\n`)
      .join("")
      .concat("nonsense\n");
  const files = {
    "past.jsonl": text(header),
    "sample.jsonl": text({ ...header, sample: 5 }),
    "journey.json": journey,
    "hello.json": template,
  };
  const chosen = customers.filter(({ customerId }) => isInSample(customerId, 4)).length;
  const last = (out: string) => JSON.parse(out.split("\n").at(-1) ?? "");
  const replay = (...more: string[]) =>
    ran(["replay", "journey.json", "--against", "journey.json", "hello.json", ...more], files);
  const forecast = (...more: string[]) => ran(["forecast", "--live", "journey.json,hello.json", ...more], files);

  test.each([
    ["replay", replay],
    ["forecast", forecast],
  ])("%s takes only the sample, and reports a line that cannot be read by its number", async (_, run) => {
    const { out, err } = await run("--from", "past.jsonl", "--sample", "1/4", "--json");
    expect(chosen).toBeGreaterThan(5);
    expect(chosen).toBeLessThan(30);
    expect(last(out)).toMatchObject({ customers: chosen, ...sampled(4) });
    expect(err).toBe("past.jsonl:62: The line is not JSON.");
    const whole = last((await run("--from", "past.jsonl", "--json")).out);
    expect([whole.customers, whole.sample]).toEqual([60, undefined]);
  });

  test("an archive that is a sample itself makes the sample smaller", async () => {
    expect(last((await replay("--from", "sample.jsonl", "--json")).out)).toMatchObject({
      customers: 60,
      ...sampled(5),
    });
    const { out } = await replay("--from", "sample.jsonl", "--sample", "1/4", "--json");
    expect(last(out)).toMatchObject({ customers: chosen, ...sampled(20) });
  });

  test("for people, the note stands under the numbers; quotas are compared with the needs of all", async () => {
    const { note } = sampled(4).sample ?? { note: "" };
    expect((await replay("--from", "past.jsonl", "--sample", "1/4")).out).toContain(note);
    const { out } = await forecast("--from", "past.jsonl", "--sample", "1/4", "--next", "P7D");
    expect(out).toContain(`${note} The quotas are compared with 4 times the needs of the sample.`);
    const needs = async (...more: string[]) =>
      last((await forecast("--from", "past.jsonl", "--json", ...more)).out).quotas.map(
        ({ needs: all }: { needs: number }) => all,
      );
    const [whole, part] = [await needs(), await needs("--sample", "1/4")];
    expect(part).toEqual(whole.map((need: number) => expect.closeTo((need * 4 * chosen) / 60, 9)));
  });
});
