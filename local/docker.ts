/** The emulator as a container, for machines with Docker and without a Python that fits. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Whether an engine answers: the command alone can do nothing. */
export async function dockerAnswers(): Promise<boolean> {
  return run("docker", ["info", "--format", "{{.ServerVersion}}"], { timeout: 10_000 }).then(
    ({ stdout }) => stdout.trim() !== "",
    () => false,
  );
}

/**
 * The arguments of `docker`. Standard input stays open (`--interactive`), so that the container notices when we are
 * gone; the port is the same inside and outside, because the emulator writes it into addresses.
 */
export function containerArguments(
  version: string,
  patches: string,
  port: number,
  settings: Readonly<Record<string, string>>,
): string[] {
  return [
    "run",
    "--rm",
    "--interactive",
    `--publish=127.0.0.1:${port}:${port}`,
    `--volume=${patches}:/patches:ro`,
    ...Object.entries({
      ...settings,
      BIND_HOST: "0.0.0.0",
      TMPDIR: "/tmp/engine",
      PYTHONPATH: "/opt/ministack",
    }).map(([name, value]) => `--env=${name}=${value}`),
    "--entrypoint=python",
    `ministackorg/ministack:${version}`,
    "/patches/run.py",
  ];
}
