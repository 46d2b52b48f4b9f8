/** Starts the emulator's process: with a Python of this machine, else in a container. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { containerArguments, dockerAnswers } from "./docker.ts";
import { pathWithThisNode } from "./environment.ts";
import { findPython, homeOf, installed } from "./python.ts";

export const requirements = join(import.meta.dirname, "requirements.txt");
const patches = join(import.meta.dirname, "patches");
/** The folder that outlives a run: the installed packages, the last log, the CDK's cache. */
export const kept = join(import.meta.dirname, "../.local");

export interface Launch {
  readonly port: number;
  readonly region: string;
  /** For temporary files. */
  readonly folder: string;
  /** The file descriptor that output goes to. */
  readonly log: number;
  readonly say: (line: string) => void;
  /** The endpoint that functions use for AWS. Default: the emulator. */
  readonly functionsEndpoint?: string | undefined;
}

export interface Launched {
  readonly child: ChildProcess;
  /** The longest time until the emulator answers. */
  readonly withinMilliseconds: number;
}

/** Whether the emulator is installed. An installed emulator starts in one second and needs no network. */
export function isInstalled(): boolean {
  return existsSync(homeOf(requirements, kept));
}

/** Standard input is a pipe from this process. The emulator ends when the pipe closes. */
export async function launch({ port, region, folder, log, say, functionsEndpoint }: Launch): Promise<Launched> {
  const options = { detached: true, stdio: ["pipe", log, log] as ["pipe", number, number] };
  const settings = {
    ...settingsFor(port, region),
    ...(functionsEndpoint !== undefined && { AWS_ENDPOINT_URL: functionsEndpoint }),
  };
  const python = await findPython();
  if (python !== undefined) {
    say(isInstalled() ? "Starting AWS on this machine…" : "Installing what stands in for AWS on this machine…");
    const interpreter = await installed(python, requirements, kept);
    const env = { ...settings, ...surroundings(folder) };
    return { child: spawn(interpreter, [join(patches, "run.py")], { ...options, env }), withinMilliseconds: 60_000 };
  }
  if (!(await dockerAnswers()))
    throw new Error(
      "Nothing here can stand in for AWS: neither Python 3.10 or newer (with its venv module) nor a running Docker was found. Install one of them and run this again.",
    );
  say("Starting AWS on this machine, in a container…");
  const version = /^ministack==(.+)$/m.exec(readFileSync(requirements, "utf8"))?.[1] ?? "latest";
  const words = containerArguments(version, patches, port, settings);
  // The first start downloads an image.
  return { child: spawn("docker", words, options), withinMilliseconds: 600_000 };
}

function settingsFor(port: number, region: string): Record<string, string> {
  return {
    GATEWAY_PORT: String(port),
    BIND_HOST: "127.0.0.1",
    MINISTACK_HOST: "127.0.0.1",
    MINISTACK_REGION: region,
    // Turn off listeners on all interfaces that the tests do not need.
    IOT_MTLS_ENABLED: "0",
    SFTP_ENABLED: "0",
    LAMBDA_EXECUTOR: "local",
    // The emulator enforces the roles of functions: see patches/roles.py.
    AUTH: "true",
    // With patches/functions.py, calls wait for a free process; the limit would refuse them.
    LAMBDA_ACCOUNT_CONCURRENCY: "0",
    PYTHONUNBUFFERED: "1",
    PYTHONDONTWRITEBYTECODE: "1",
  };
}

/** Passes on little of this process's environment, because every function inherits the emulator's environment. */
function surroundings(folder: string): Record<string, string> {
  return {
    PATH: pathWithThisNode(process.env),
    HOME: folder,
    TMPDIR: folder,
    LANG: "C.UTF-8",
    // The emulator would look for containers to remove; it has none.
    DOCKER_HOST: `unix://${folder}/none`,
  };
}
