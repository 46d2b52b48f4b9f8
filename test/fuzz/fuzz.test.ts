/** Some fuzzed documents of `npm run faults`, always the same ones. */
import { expect, test } from "vitest";
import { fuzz } from "./fuzz.ts";

test("no bad document is accepted, throws, or is refused without a reason", { timeout: 60_000 }, async () => {
  const { documents, failures } = await fuzz(5, 1_500);
  expect(failures).toEqual([]);
  for (const kind of ["journey", "template", "event", "report", "unsubscribe"]) {
    expect(documents[kind]?.accepted, kind).toBeGreaterThan(5);
    expect(documents[kind]?.refused, kind).toBeGreaterThan(50);
  }
});
