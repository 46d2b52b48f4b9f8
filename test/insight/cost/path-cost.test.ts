/** Every way through every example can be lived through, and costs what its waits say. */
import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { pathCost } from "../../../insight/cost/path-cost.ts";
import { pathsOf } from "../../../insight/cost/paths.ts";
import { total } from "../../../insight/cost/usage.ts";
import { checkJourney } from "../../../lambdas/domain/checks/check-journey.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { waiting } from "../../../lambdas/domain/journey/outlets.ts";
import type { ComposedTemplate } from "../../../lambdas/domain/messages/render.ts";

function journeyIn(file: string): Journey | undefined {
  const document = JSON.parse(readFileSync(file, "utf8"));
  if (!document.components) return undefined;
  const templates = Object.values<{ template?: string }>(document.components).flatMap(({ template }) => template ?? []);
  const checked = checkJourney(document, new Set(templates));
  return "value" in checked ? checked.value : undefined;
}

const journeys = globSync("examples/*/*.json").flatMap((file) => {
  const journey = journeyIn(file);
  return journey ? [[file, journey] as const] : [];
});

test("there are examples", () => expect(journeys.length).toBeGreaterThan(11));

describe.each(journeys)("%s", (_, journey) => {
  test("every path takes 3 transitions for each rest, and 3", async () => {
    const { paths } = pathsOf(journey, 5);
    for (const path of paths) {
      const { usage } = await pathCost(journey, path);
      const { transitions, emails, executions } = total(usage);
      const types = path.map(({ componentId }) => journey.components[componentId]?.type);
      const rests = types.filter((type) => type && waiting.has(type)).length;
      expect(executions).toBeGreaterThanOrEqual(1);
      expect(transitions).toBeGreaterThanOrEqual(3);
      // A rule whose message is reported on before it is reached does not rest.
      expect(transitions).toBeLessThanOrEqual((3 * rests + 3) * executions);
      expect(emails).toBe(types.filter((type) => type === "sendTemplate").length);
    }
  });
});

const base = { id: "j", name: "j", status: "active", trigger: { event: "go" } } as const;
const looped = {
  ...base,
  start: "w",
  components: {
    w: { type: "wait", for: "P1D", next: "c" },
    c: {
      type: "condition",
      branches: [{ when: { field: "customer.x", operator: "exists" }, next: "w" }],
      otherwise: "s",
    },
    s: { type: "sendTemplate", template: "t", next: "f" },
    f: {
      type: "waitFor",
      branches: [{ id: "came", event: "visit", key: "event.k" }],
      within: "P2D",
    },
  },
} as unknown as Journey;

test("a loop is gone round once, and what is waited for comes or does not", async () => {
  const { paths } = pathsOf(looped, 10);
  const shown = paths.map((path) => path.map(({ componentId, outlet }) => `${componentId}${outlet}`).join(" "));
  expect(shown).toEqual(["w0 c0 w0 c0", "w0 c0 w0 c1 s0 f0", "w0 c0 w0 c1 s0 f1", "w0 c1 s0 f0", "w0 c1 s0 f1"]);
  const days = await Promise.all(paths.map(async (path) => (await pathCost(looped, path)).milliseconds / 86_400_000));
  expect(days.map((each) => Math.floor(each))).toEqual([2, 2, 4, 1, 3]);
});

test("a version that is live costs as much as the document that people edit", async () => {
  const [path = []] = pathsOf(looped, 1).paths;
  expect(await pathCost({ ...looped, version: "v1" }, path)).toEqual(await pathCost(looped, path));
});

test("no more paths are followed than asked for", () => {
  const { paths, more } = pathsOf(looped, 2);
  expect([paths.length, more]).toEqual([2, true]);
});

describe("a WhatsApp message is neither an email nor a text message", () => {
  const journey = {
    ...{ id: "j", name: "J", status: "active", trigger: { event: "go" }, start: "send" },
    components: { send: { type: "sendTemplate", template: "t" } },
  } as unknown as Journey;

  test.each([
    ["with an approved template", { whatsapp: { template: "order_update", body: ["{{ event.orderId }}"] } }, [1, 0]],
    ["with a text", { text: "Your order {{ event.orderId }}" }, [0, 1]],
  ])("%s", async (_, content, [whatsappTemplates, whatsappTexts]) => {
    const template = { id: "t", channel: "whatsapp", class: "marketing", ...content } as unknown as ComposedTemplate;
    const [path = []] = pathsOf(journey, 1).paths;
    const { usage } = await pathCost(journey, path, new Map([["t", template]]));
    expect(usage.requests.map(({ api }) => api).filter((api) => api.startsWith("Send"))).toEqual([
      "SendWhatsAppMessage",
    ]);
    expect(total(usage)).toMatchObject({ emails: 0, textParts: 0, whatsappTemplates, whatsappTexts });
  });
});
