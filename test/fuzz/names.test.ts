/** A part of the hostile names that `npm run faults` gives to every command, always the same part. */
import { expect, test } from "vitest";
import { fuzzNames } from "./names.ts";

test("no hostile name reaches the terminal raw", async () => {
  const { documents, failures } = await fuzzNames(3, 40, ["validate", "customer", "redrive"]);
  expect(failures).toEqual([]);
  expect(documents["lines of commands"]).toEqual({ accepted: 2, refused: 5 });
});
