/** Saving a journey from the page: drafts, versions, two people at once, and what publishing would change. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type {
  EditAnswer,
  JourneyCost,
  JourneyPlan,
  JourneySaved,
  JourneySimulated,
} from "../../../console/api/edit.ts";
import { Mails } from "../../../console/place/mails.ts";
import type { MemoryStack } from "../../commands/memory-stack/stack.ts";
import { cart, shop } from "../../commands/shop.ts";
import { answerOf, type Running, running } from "../running.ts";

let open: Running;
let stack: MemoryStack;
beforeAll(async () => {
  stack = await shop();
  open = await running({ name: "Shop", write: true, stack, playground: undefined, mails: new Mails() });
});
afterAll(() => open.close());
const edit = (id = "") => answerOf<EditAnswer>(open, `/api/edit?id=${id}`);
const save = (document: object, base?: string) => answerOf<JourneySaved>(open, "/api/journey-save", { document, base });
const plan = (document: object) => answerOf<JourneyPlan>(open, "/api/journey-plan", { document });

test("the answer has the document, the state that a save is based on, and the names that journeys use", async () => {
  const { saved, version, templates, journeys, names, examples } = await edit("cart");
  expect(saved?.document).toEqual(cart);
  expect([version, journeys, templates.map(({ id }) => id)]).toEqual([1, ["cart"], ["hello"]]);
  expect(names.events).toEqual(expect.arrayContaining(["checkout.started", "order.placed"]));
  expect(names.fields).toEqual(expect.arrayContaining(["customer.country", "event.total"]));
  expect(names.tags).toEqual(expect.arrayContaining(["cold", "engaged"]));
  expect(examples.map(({ name }) => name)).toContain("abandoned-cart");
  expect(await edit("none")).toHaveProperty("error");
});

test("what publishing would change names the customers, and saves nothing", async () => {
  const next = { ...cart, exit: [], components: { ...cart.components, cold: { type: "addTag", tags: ["frozen"] } } };
  const { version, inside, differences, effects } = await plan(next);
  expect([version, inside]).toEqual([2, 1]);
  expect(differences.map(({ path }) => path)).toEqual(["exit[bought]", "components.cold.tags"]);
  expect(effects.map(({ part, customers }) => [part, customers])).toEqual([
    ["components", 1],
    ["exit", 1],
  ]);
  expect((await edit("cart")).saved?.document).toEqual(cart);
});

describe("two people edit at once", () => {
  test("the second save is refused with what the first one saved, and takes its place only when it is based on it", async () => {
    const { saved: { base } = {} } = await edit("cart");
    const mine = { ...cart, name: "Mine" };
    const first = await save({ ...cart, name: "Theirs" }, base);
    expect([first.state, first.version]).toEqual(["published", 1]);
    const second = await save(mine, base);
    expect([second.state, second.saved?.document]).toEqual(["conflict", { ...cart, name: "Theirs" }]);
    expect((await edit("cart")).saved?.document.name).toBe("Theirs");
    expect((await save(mine, second.saved?.base)).state).toBe("published");
    expect((await edit("cart")).saved?.document.name).toBe("Mine");
  });

  test("a new journey does not take the place of one with its id", async () =>
    expect((await save({ ...cart, name: "New" })).state).toBe("conflict"));

  test("the outcome of a save is no new state: the next save is based on the answer of the first", async () => {
    const { saved: { base } = {} } = await edit("cart");
    const { saved } = await save({ ...cart, name: "Once" }, base);
    expect((await save({ ...cart, name: "Twice" }, saved?.base)).state).toBe("published");
  });
});

describe("a document with problems", () => {
  const broken = { ...cart, start: "none" };

  test("is not saved in place of a live one", async () => {
    const { saved } = await edit("cart");
    const answer = await save(broken, saved?.base);
    expect([answer.state, answer.problems.map(({ code }) => code)]).toEqual(["refused", ["unknown-component"]]);
    expect((await edit("cart")).saved?.base).toBe(saved?.base);
  });

  test("is saved as a draft, where it harms no customer", async () => {
    const draft = { ...broken, id: "half", status: "draft" };
    const answer = await save(draft);
    expect([answer.state, answer.version, answer.problems.map(({ code }) => code)]).toEqual([
      "rejected",
      0,
      ["unknown-component"],
    ]);
    const { saved, version } = await edit("half");
    expect([saved?.document, version]).toEqual([draft, 0]);
  });

  test("has no plan and no cost, but a sentence", async () => {
    expect(await plan(broken)).toEqual({ error: expect.stringContaining('There is no component "none"') });
    expect(await answerOf(open, "/api/journey-cost", { document: broken })).toHaveProperty("error");
  });

  test("without an id cannot be saved", async () => expect(await save({ name: "No id" })).toHaveProperty("error"));
});

test("the cost has each path and the bill of the most expensive one", async () => {
  const { paths, worst, lines, per } = await answerOf<JourneyCost>(open, "/api/journey-cost", { document: cart });
  expect(paths.map(({ path }) => path)).toEqual(["was-read: met", "was-read: not met"]);
  expect(paths.find(({ path }) => path === worst)?.dollars).toBeCloseTo(
    lines.reduce((sum, { dollars }) => sum + (dollars ?? 0), 0),
  );
  expect(per).toBe(1000);
});

test("the cost of a text message has its parts: 161 characters are two", async () => {
  const parts = async (characters: number) => {
    stack.put({ id: "note", channel: "sms", class: "transactional", text: "x".repeat(characters) });
    const components = { text: { type: "sendTemplate", template: "note" } };
    const document = { id: "texts", name: "Texts", trigger: { event: "go" }, start: "text", components };
    const { lines } = await answerOf<JourneyCost>(open, "/api/journey-cost", { document });
    return lines.find(({ item }) => /text/i.test(item))?.amount;
  };
  expect([await parts(160), await parts(161)]).toEqual([1000, 2000]);
});

test("the cost of a WhatsApp message has no price, and the answer says so", async () => {
  stack.put({ id: "greeting", channel: "whatsapp", class: "transactional", whatsapp: { template: "greeting" } });
  const components = { greet: { type: "sendTemplate", template: "greeting" } };
  const document = { id: "greets", name: "Greets", trigger: { event: "go" }, start: "greet", components };
  const { lines, unpriced } = await answerOf<JourneyCost>(open, "/api/journey-cost", { document });
  expect(lines).toContainEqual({ item: "whatsappTemplates", amount: 1000, dollars: null });
  expect(unpriced).toEqual(["whatsappTemplates"]);
});

test("a scenario is simulated with the templates of the stack, and nothing is saved or sent", async () => {
  const scenario = {
    customers: [{ customerId: "ada", email: "ada@mail.example", firstName: "Ada", country: "DE" }],
    events: [{ at: "2026-01-05T09:00:00Z", event: "checkout.started", customerId: "ada", data: { total: 59 } }],
  };
  const simulated = (document: object, asked: object) =>
    answerOf<JourneySimulated>(open, "/api/journey-simulate", { document, scenario: asked });
  const before = await edit("cart");
  const { lines } = await simulated(cart, scenario);
  expect(lines.find(({ kind }) => kind === "message")).toMatchObject({ subject: "Hello Ada", componentId: "remind" });
  expect(lines.at(-1)?.kind).toBe("completed");
  expect(await edit("cart")).toEqual(before);
  expect(await simulated(cart, { events: [{ at: "soon" }] })).toHaveProperty("error");
});
