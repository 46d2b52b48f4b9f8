/** The audit of saves: the outcome of the last save, and what each version changed. */
import { expect, test } from "vitest";
import type { SavesAnswer } from "../../console/api/journeys.ts";
import { savesAnswer } from "../../console/server/answers/saves.ts";
import type { MemoryStack } from "../commands/memory-stack/stack.ts";
import { command } from "../commands/on-stack.ts";
import { cart, save, shop } from "../commands/shop.ts";

const frozen = (tags: string) => ({
  ...cart,
  components: { ...cart.components, cold: { type: "addTag", tags: [tags] } },
});
const brief = ({ document, last, versions, more }: SavesAnswer) => ({
  document,
  last: last && [last.state, last.version, last.problems.map(({ path }) => path)],
  versions: versions.map(({ version, changes }) => [version, changes?.map(({ path }) => path)]),
  more,
});

test.each<[string, (stack: MemoryStack) => Promise<unknown>, ReturnType<typeof brief>]>([
  [
    "the first version",
    async () => {},
    { document: "saved", last: ["published", 1, []], versions: [[1, undefined]], more: false },
  ],
  [
    "a second version with its changes",
    (stack) => save(stack, frozen("frozen")),
    {
      document: "saved",
      last: ["published", 2, []],
      versions: [
        [2, ["components.cold.tags"]],
        [1, undefined],
      ],
      more: false,
    },
  ],
  [
    "a refused save with its problems; the version stays",
    (stack) => save(stack, { ...cart, start: "nowhere" }),
    { document: "saved", last: ["rejected", 1, ["start"]], versions: [[1, undefined]], more: false },
  ],
  [
    "a save whose outcome is not there yet",
    async (stack) => stack.replaceJourney(frozen("new"), await stack.journey("cart")),
    { document: "pending", last: undefined, versions: [[1, undefined]], more: false },
  ],
])("%s", async (_, happen, expected) => {
  const stack = await shop();
  await happen(stack);
  expect(brief(await savesAnswer("cart", stack))).toEqual(expected);
});

test("only the newest twenty versions are read, and the answer says that there are more", async () => {
  const stack = await shop();
  for (let version = 2; version <= 22; version++) await save(stack, frozen(`tag-${version}`));
  const { versions, more } = await savesAnswer("cart", stack);
  expect([versions.length, versions[0]?.version, versions.at(-1)?.version, more]).toEqual([20, 22, 3, true]);
  expect(versions.every(({ changes }) => changes?.length === 1)).toBe(true);
});

test("the time of a stop", async () => {
  const stack = await shop();
  expect((await savesAnswer("cart", stack)).stoppedAt).toBeUndefined();
  await command(stack, ["stop", "cart", "--yes"]);
  const { publishedAt, stoppedAt } = await savesAnswer("cart", stack);
  expect([stoppedAt, publishedAt]).toEqual([publishedAt, expect.stringMatching(/^2026-/)]);
});

test("a journey that was never saved", async () =>
  expect(savesAnswer("none", await shop())).rejects.toThrow('There is no journey "none".'));
