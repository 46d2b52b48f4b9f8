/** A part of the templates that `npm run faults` renders, always the same part. */
import { expect, test } from "vitest";
import { fuzzTemplates } from "./templates.ts";

test("no template makes more than 2 MB", { timeout: 120_000 }, () => {
  const { documents, failures } = fuzzTemplates(7, 60);
  expect(failures).toEqual([]);
  expect(documents.rendering?.accepted).toBeGreaterThan(15);
  expect(documents.rendering?.refused).toBeGreaterThan(6);
});
