import { describe, expect, test } from "vitest";
import { journey, ran } from "../running.ts";

const files = { "greeting.json": journey };

describe("journeys cost", () => {
  test("prints the cost of each path, and marks the most expensive path", async () => {
    const { exitCode, out, err } = await ran(["cost", "greeting.json"], files);
    expect([exitCode, err]).toEqual([0, ""]);
    expect(out).toMatch(/^read: met( \(worst\))? {2,}0\.0 {2,}6,000 /m);
    expect(out).toMatch(/^read: not met( \(worst\))? {2,}1\.0 {2,}6,000 /m);
    expect(out.match(/\(worst\)/g)).toHaveLength(1);
    expect(out).toMatch(/^state transitions +6,000 +0\.150$/m);
    expect(out).toMatch(/^SES emails +1,000 +0\.160$/m);
    expect(out).not.toContain("a day");
  });

  test("names the quotas that a volume would hit", async () => {
    const { out } = await ran(["cost", "greeting.json", "--per-day", "2000000", "--region", "eu-central-1"], files);
    expect(out).toMatch(/StartExecution +23\.1 of 150 a second +enough up to 12,960,000 a day/);
    expect(out).toMatch(/open executions.* too much: ask AWS for a higher quota/);
    expect(out).toMatch(/SES sending rate +23\.1 of 14 a second +too much/);
    expect(out).toMatch(/^DynamoDB write units {2,}\d/m);
    expect(out).toContain("EventBridge events (price of us-east-1)");
  });

  test("gives the same as JSON", async () => {
    const { out } = await ran(["cost", "greeting.json", "--json", "--per-day", "10"], files);
    const { region, paths, worst, quotas } = JSON.parse(out);
    expect(region).toBe("us-east-1");
    expect(paths.map(({ path, transitions, emails }: never) => [path, transitions, emails])).toEqual([
      ["read: met", 6, 1],
      ["read: not met", 6, 1],
    ]);
    expect(paths[0].apis).toMatchObject({ StartExecution: 1, SendEmail: 1, SendTaskSuccess: 1 });
    expect(paths.map(({ path }: { path: string }) => path)).toContain(worst);
    expect(quotas.map(({ hit }: { hit: boolean }) => hit)).toEqual([false, false, false, false]);
  });

  describe("WhatsApp messages", () => {
    const said = "The fees of AWS and Meta for WhatsApp are not included.";
    const template = { whatsapp: { template: "hello" } };
    const text = { text: "Hello" };
    const cost = (content: object, ...options: string[]) =>
      ran(["cost", "sends.json", ...options], {
        "sends.json": { ...journey, components: { greet: { type: "sendTemplate", template: "hello" } } },
        "hello.json": { id: "hello", channel: "whatsapp", class: "marketing", ...content },
      });

    test.each<[string, object, string[], RegExp, boolean]>([
      ["have no price of their own", template, [], /^WhatsApp approved templates +1,000 +no price$/m, true],
      [
        "cost what you say",
        template,
        ["--whatsapp-price", "0.05"],
        /^WhatsApp approved templates +1,000 +50\.000$/m,
        false,
      ],
      ["are texts too", text, ["--whatsapp-price", "0.05"], /^WhatsApp texts +1,000 +no price$/m, true],
      ["are texts with a price", text, ["--whatsapp-text-price", "0.01"], /^WhatsApp texts +1,000 +10\.000$/m, false],
    ])("%s", async (_, content, options, line, isMissing) => {
      const { exitCode, out } = await cost(content, ...options);
      expect([exitCode, out]).toEqual([0, expect.stringMatching(line)]);
      expect(out.includes(said)).toBe(isMissing);
    });

    test("raise the cost of the path by their price", async () => {
      const worst = async (...options: string[]) => JSON.parse((await cost(template, "--json", ...options)).out);
      const [without, priced] = [await worst(), await worst("--whatsapp-price", "0.05")];
      expect(priced.paths[0].dollars - without.paths[0].dollars).toBeCloseTo(50);
      expect(priced.paths[0]).toMatchObject({ emails: 0, textParts: 0, whatsappTemplates: 1, whatsappTexts: 0 });
      expect([without.unpriced, priced.unpriced]).toEqual([["whatsappTemplates"], []]);
    });

    test("are not named where there are none", async () => {
      expect((await ran(["cost", "greeting.json"], files)).out).not.toContain("WhatsApp");
    });
  });

  describe("text messages", () => {
    /** 154 characters: of GSM-7 in one part, of UCS-2 in three. */
    const text = (one: string) => ({
      id: "hello",
      channel: "sms",
      class: "marketing",
      text: `${"a".repeat(153)}${one}`,
    });
    const cost = (one: string, ...options: string[]) =>
      ran(["cost", "sends.json", ...options], {
        "sends.json": { ...journey, components: { greet: { type: "sendTemplate", template: "hello" } } },
        "hello.json": text(one),
      });

    test.each<[string, string, string[], string]>([
      ["cost by their parts", "a", [], "1,000 +6.450"],
      ["cost thrice as much because of one character", "’", [], "3,000 +19.350"],
      ["cost as your customers' country does", "a", ["--sms-price", "0.07451"], "1,000 +74.510"],
      ["cost the same in every region", "a", ["--region", "eu-central-1"], "1,000 +6.450"],
    ])("%s", async (_, one, options, amounts) => {
      const { exitCode, out } = await cost(one, ...options);
      expect([exitCode, out]).toEqual([
        0,
        expect.stringMatching(new RegExp(`^parts of text messages +${amounts}$`, "m")),
      ]);
      expect(out).toMatch(/^SES emails.* 0 +0\.000$/m);
    });

    test("cost the same in a journey that keeps to the hours of a law", async () => {
      const lawful = { ...journey, limits: { quietHours: "us-sms" } };
      const { exitCode, out } = await ran(["cost", "sends.json"], {
        "sends.json": { ...lawful, components: { greet: { type: "sendTemplate", template: "hello" } } },
        "hello.json": text("a"),
      });
      expect([exitCode, out]).toEqual([0, expect.stringMatching(/^parts of text messages +1,000 +6\.450$/m)]);
    });

    test("cost more parts with the text of their layout and its partials", async () => {
      const { out } = await ran(["cost", "sends.json"], {
        "sends.json": { ...journey, components: { greet: { type: "sendTemplate", template: "hello" } } },
        "hello.json": { ...text("a"), layout: "frame" },
        "frame.layout.json": {
          id: "frame",
          kind: "layout",
          html: "{{ content }}",
          text: "{{ content }}{% render 'end' %}",
        },
        "end.partial.json": { id: "end", kind: "partial", html: "x", text: "To stop, answer STOP." },
      });
      expect(out).toMatch(/^parts of text messages +2,000 +12\.900$/m);
    });

    test("are not named where there are none", async () => {
      const { out } = await ran(["cost", "greeting.json"], files);
      expect(out).not.toContain("text messages");
    });

    test("are in the JSON too", async () => {
      const { paths } = JSON.parse((await cost("’", "--json")).out);
      expect(paths).toEqual([expect.objectContaining({ emails: 0, textParts: 3 })]);
      expect(paths[0].apis).toMatchObject({ SendTextMessage: 1 });
    });
  });

  test("shows what is wrong with a journey instead", async () => {
    const broken = { "broken.json": { ...journey, start: "nowhere" } };
    const { exitCode, out } = await ran(["cost", "broken.json"], broken);
    expect([exitCode, out]).toEqual([1, expect.stringContaining("unknown-component")]);
    const json = await ran(["cost", "broken.json", "--json"], broken);
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, problems: [{ file: "broken.json", path: "start" }] });
  });

  test("says that a template has no cost, and nothing else", async () => {
    const template = { id: "hello", channel: "email", class: "marketing", subject: "Hi", text: "Hi" };
    const { exitCode, out } = await ran(["cost", "hello.json"], { "hello.json": template });
    expect(exitCode).toBe(1);
    expect(out).toContain("This is a template. Only journeys have a cost. (not-a-journey)");
    expect(out.split("\n")).toHaveLength(2);
  });

  test.each([
    [["--region", "moon-1"], 'There are no prices for the region "moon-1".'],
    [["--per-day", "many"], '--per-day takes a number of enrollments above zero, not "many".'],
    [["--per-day", "-1"], "--per-day"],
    [["--sms-price", "free"], '--sms-price takes a number of dollars above zero, not "free".'],
    [["--whatsapp-price", "0"], '--whatsapp-price takes a number of dollars above zero, not "0".'],
    [["--whatsapp-text-price", "x"], '--whatsapp-text-price takes a number of dollars above zero, not "x".'],
  ])("refuses %j", async (options, message) => {
    const { exitCode, err } = await ran(["cost", "greeting.json", ...options], files);
    expect([exitCode, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
