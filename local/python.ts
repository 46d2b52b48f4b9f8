/**
 * Finds a Python on this machine that can run the emulator, and installs the packages of requirements.txt in a folder
 * below `.local`. The folder's name holds a hash of that file, so a changed file leads to a new installation. An existing
 * folder is complete, because it is built under another name and then renamed.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

const names = ["python3.13", "python3.12", "python3.11", "python3.10", "python3"];
/** Debian leaves out `ensurepip` unless its package python3-venv is installed. */
const fits = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";

/** The first suitable Python, or `undefined`. */
export async function findPython(): Promise<string | undefined> {
  for (const name of names) {
    const found = await run(name, ["-c", fits]).then(
      () => true,
      () => false,
    );
    if (found) return name;
  }
  return undefined;
}

/** The folder of the installed packages. */
export function homeOf(requirements: string, folder: string): string {
  const hash = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  return join(folder, `venv-${hash}`);
}

/** The path of a Python that has the packages. Takes a while the first time. */
export async function installed(python: string, requirements: string, folder: string): Promise<string> {
  const home = homeOf(requirements, folder);
  if (!existsSync(home)) {
    const building = `${home}.${process.pid}`;
    mkdirSync(folder, { recursive: true });
    try {
      await run(python, ["-m", "venv", building]);
      const pip = ["-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check"];
      await run(join(building, "bin/python"), [...pip, "install", "--requirement", requirements]);
      // Another process may have installed the same packages first; its folder is just as good.
      if (!existsSync(home)) renameSync(building, home);
    } catch (error) {
      throw new Error(
        `The packages of ${requirements} could not be installed. Is there a way to pypi.org, or a mirror in PIP_INDEX_URL?\n${(error as Error).message}`,
      );
    } finally {
      rmSync(building, { recursive: true, force: true });
    }
  }
  return join(home, "bin/python");
}
