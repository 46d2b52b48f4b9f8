/**
 * Installs the emulator and cfn-lint in the folder `.local`, so that later starts need no network. Exit code 1: the
 * installation failed.
 */
import { cfnLintRequirements } from "./cfn-lint.ts";
import { kept, requirements } from "./launch.ts";
import { findPython, installed } from "./python.ts";

const python = await findPython();
try {
  if (python === undefined) throw new Error("There is no Python 3.10 or newer with its venv module.");
  for (const packages of [requirements, cfnLintRequirements]) await installed(python, packages, kept);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
