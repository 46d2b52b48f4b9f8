/** With REQUIRE_TESTS, an edit that somebody makes in the table is checked by the stored tests of the journey. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Publication } from "../../../lambdas/app/publication.ts";
import { brief } from "../../behaviour/scenario-of.ts";
import { Stack } from "../stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start({ REQUIRE_TESTS: "true" }, 1);
});
afterAll(() => stack?.stop());

const document = { ...brief({ id: "gated", trigger: { event: "go" } }), version: "current" };
const stored = (entered: number) => ({
  id: "gated",
  version: "test:enters",
  name: "A customer enters",
  events: [{ at: "2026-01-05T09:00:00Z", event: "go", id: "e", customerId: "ada" }],
  expect: [{ customerId: "ada", entered }],
});

async function saved(change: object = {}): Promise<Publication> {
  stack.tables.put("the-journeys", { ...document, ...change });
  await stack.follow("journey-publisher");
  const current = stack.tables.items("the-journeys").find(({ version }) => version === "current");
  return current?.publication as Publication;
}

const liveVersion = () =>
  stack.tables.items("the-journeys").find(({ id, version }) => id === "~live" && version === "gated")?.number;

test("no test, a failing test, then a passing test", async () => {
  expect(await saved()).toMatchObject({ state: "rejected", problems: [{ code: "test-missing" }] });
  stack.tables.put("the-journeys", stored(2));
  expect(await saved({ description: "again" })).toMatchObject({
    state: "rejected",
    version: 0,
    problems: [
      {
        code: "test-failed",
        message: 'The test "enters" fails. expect[0].entered: ada, entered: expected 2, came 1.',
      },
    ],
  });
  expect(liveVersion()).toBeUndefined();
  stack.tables.put("the-journeys", stored(1));
  expect(await saved({ description: "once more" })).toMatchObject({ state: "published", version: 1, problems: [] });
  expect(liveVersion()).toBe(1);
});
