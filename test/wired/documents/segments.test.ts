/** A segment that an admin saves by hand: journey-publisher checks it, and the functions evaluate the last good one. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { lasting } from "../../behaviour/scenario-of.ts";
import { published } from "../aws/deliveries.ts";
import { Stack } from "../stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start({}, 1);
});
afterAll(() => stack?.stop());
beforeEach(() => stack.forget());

const german = (...countries: string[]) => ({
  id: "german",
  kind: "segment",
  name: "German",
  where: { field: "customer.country", operator: "oneOf", value: countries },
});
const saved = (id: string) => stack.tables.items("the-templates").find((item) => item.id === id);
const outcome = (id: string) =>
  stack.tables.items("the-journeys").find((item) => item.id === id && item.version === "current")?.publication;

async function enters(customerId: string, country: string, event: string): Promise<boolean> {
  const detail = { id: customerId, customerId, customer: { country } };
  await stack.deliver("trigger-matcher", published(event, detail, { id: customerId }));
  return stack.executions().some((ids) => ids.customerId === customerId);
}

test("a journey that names a segment is rejected until the segment is published", async () => {
  const journey = lasting({ id: "early", trigger: { event: "early", audience: { segment: "german" } } });
  await stack.save(journey);
  expect(outcome("early")).toMatchObject({ state: "rejected", problems: [{ code: "unknown-segment" }] });
  await stack.saveTemplate(german("DE"));
  expect(saved("german")?.publication).toMatchObject({ state: "published", problems: [] });
  await stack.save(journey);
  expect(outcome("early")).toMatchObject({ state: "published", version: 1 });
});

test("the live segment decides who enters, and a broken edit changes nothing", async () => {
  await stack.saveTemplate(german("DE"));
  await stack.saveTemplate({ id: "outer", kind: "segment", name: "Outer", where: { all: [{ segment: "german" }] } });
  await stack.save(lasting({ id: "in", trigger: { event: "in", audience: { segment: "outer" } } }));
  // The functions would know the journey only after five seconds.
  await stack.restart({}, ["trigger-matcher"]);
  expect([await enters("ann", "DE", "in"), await enters("bob", "AT", "in")]).toEqual([true, false]);
  await stack.saveTemplate({ ...german("AT"), where: { segment: "outer" } });
  expect(saved("german")?.publication).toMatchObject({ state: "rejected" });
  expect(JSON.stringify(saved("german")?.publication)).toContain("segment-cycle");
  await stack.restart({}, ["trigger-matcher"]);
  expect([await enters("cem", "DE", "in"), await enters("dan", "AT", "in")]).toEqual([true, false]);
  await stack.saveTemplate(german("AT"));
  await stack.restart({}, ["trigger-matcher"]);
  expect([await enters("eva", "DE", "in"), await enters("fay", "AT", "in")]).toEqual([false, true]);
});

test("while no live journey names a segment, an event reads no segment", async () => {
  const plain = await Stack.start({}, 1);
  try {
    await plain.saveTemplate(german("DE"));
    await plain.save(lasting({ id: "plain", trigger: { event: "plain" } }));
    await plain.restart({}, ["trigger-matcher"]);
    plain.forget();
    await plain.deliver("trigger-matcher", published("plain", { id: "gus", customerId: "gus" }, { id: "gus" }));
    expect(plain.executions()).toHaveLength(1);
    const tables = ["GetItem", "BatchGetItem"].flatMap((name) => JSON.stringify(plain.aws.of(name)));
    expect(tables.join()).not.toContain("the-templates");
  } finally {
    await plain.stop();
  }
});
