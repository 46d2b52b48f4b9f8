/** The rates of reports: what comes from a stack is read once and kept in a file, which is deleted in the end. */
import { expect, test } from "vitest";
import { withRates } from "../../../cli/cores/rates.ts";
import type { Line } from "../../../cli/replay/line.ts";
import type { Source } from "../../../cli/replay/sources.ts";

const at = "2026-01-30T10:00:00.000Z";
const sent = { journeyId: "cart", enrollmentId: "e", component: "remind", sentAt: at, reported: { read: at } };
const texts = [
  { customerId: "ada\u2028", statuses: [sent] },
  { customerId: "ben", statuses: [{ ...sent, reported: {} }] },
  { customerId: "cyd" },
].map((customer) => JSON.stringify(customer));
const lines: readonly Line[] = texts.map((text, index) => ({ number: index + 2, text }));

function source(isRemote: boolean): { source: Source; readings: () => number } {
  let readings = 0;
  return {
    readings: () => readings,
    source: {
      name: "past",
      isRemote,
      header: async () => ({ from: at, until: at }),
      async *customers() {
        readings++;
        yield* lines;
      },
    },
  };
}

const rates = { sent: 2, reported: { read: { count: 1, after: 0 } } };

test.each([
  ["a stack is read once", true, "rates", 1, { cart: rates, "cart/remind": rates }],
  ["a file is read twice", false, "rates", 2, { cart: rates, "cart/remind": rates }],
  ["without rates, a stack is read once", true, "none", 1, {}],
] as const)("%s, and the lines are the same", async (_, isRemote, policy, times, expected) => {
  const { source: past, readings } = source(isRemote);
  const found = await withRates(past, { policy, cores: 1 }, async (kept, known) => ({
    known,
    lines: await Array.fromAsync(kept.customers()),
  }));
  expect([found, readings()]).toEqual([{ known: expected, lines }, times]);
});

test("the file is deleted, also when the command fails", async () => {
  let kept: Source | undefined;
  const failing = withRates(source(true).source, { policy: "rates", cores: 1 }, async (past) => {
    kept = past;
    throw new Error("failed");
  });
  await expect(failing).rejects.toThrow("failed");
  await expect(Array.fromAsync(kept?.customers() ?? [])).rejects.toMatchObject({ code: "ENOENT" });
});
