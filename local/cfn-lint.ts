/** The place of cfn-lint. `npm run emulator` installs it beside the emulator, because both need a Python. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { kept } from "./launch.ts";
import { homeOf } from "./python.ts";

export const cfnLintRequirements = join(import.meta.dirname, "cfn-lint.txt");

/** The folder of cfn-lint's packages; `undefined` when cfn-lint is not installed. */
export function cfnLintHome(): string | undefined {
  const home = homeOf(cfnLintRequirements, kept);
  return existsSync(home) ? home : undefined;
}
