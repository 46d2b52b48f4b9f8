/** Runs the emulator as a container, on machines that have Docker but no suitable Python. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Whether a Docker engine answers. It is not enough that the command `docker` exists. */
export async function dockerAnswers(): Promise<boolean> {
  return run("docker", ["info", "--format", "{{.ServerVersion}}"], { timeout: 10_000 }).then(
    ({ stdout }) => stdout.trim() !== "",
    () => false,
  );
}

/**
 * The arguments of `docker`. Standard input stays open (`--interactive`), so that the container notices when this
 * process has ended. The port is the same inside and outside, because the emulator writes it into addresses.
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
