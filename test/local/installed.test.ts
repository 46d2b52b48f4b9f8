/** Fails in CI when the emulator is missing, because tests that need it would be skipped there. */
import { expect, test } from "vitest";
import { isInstalled } from "../../local/launch.ts";

test.runIf(process.env.CI === "true")(
  "in CI the emulator is installed, so that no test is skipped for lack of it",
  () => {
    expect(isInstalled(), "The emulator is missing: run `npm run emulator` before the tests.").toBe(true);
  },
);
