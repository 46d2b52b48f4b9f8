/** Fails in CI when the emulator or cfn-lint is missing, because tests that need them would be skipped there. */
import { expect, test } from "vitest";
import { cfnLintHome } from "../../local/cfn-lint.ts";
import { isInstalled } from "../../local/launch.ts";

test.runIf(process.env.CI === "true")(
  "in CI the emulator and cfn-lint are installed, so that no test is skipped for lack of them",
  () => {
    const hint = "is missing: run `npm run emulator` before the tests.";
    expect(isInstalled(), `The emulator ${hint}`).toBe(true);
    expect(cfnLintHome(), `cfn-lint ${hint}`).toBeDefined();
  },
);
