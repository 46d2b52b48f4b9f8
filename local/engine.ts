/**
 * AWS on this machine: MiniStack, mended by local/patches, on a free port of the loopback interface. It holds everything
 * in memory and dies with this process, however that ends: its standard input is a pipe from here.
 *
 * Each engine is an account of its own. The access key *is* the account number (MiniStack reads it so), because the CDK
 * remembers accounts by access key.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { containerArguments, dockerAnswers } from "./docker.ts";
import { environmentFor } from "./environment.ts";
import { findPython, installed } from "./python.ts";

const requirements = join(import.meta.dirname, "requirements.txt");
const patches = join(import.meta.dirname, "patches");
/** What outlives a run: the installed packages and the last log. */
const kept = join(import.meta.dirname, "../.local");
const logFile = join(kept, "engine.log");

const REGION = "eu-central-1";
const START_WITHIN_MILLISECONDS = 60_000;
/** The first time, Docker has an image to fetch. */
const START_CONTAINER_WITHIN_MILLISECONDS = 600_000;

export interface Engine {
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  /** Settings for a client of the AWS SDK in this process. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** The whole environment for a child process that knows no other AWS than this. */
  readonly environment: Readonly<Record<string, string>>;
  /** A folder that is removed together with the engine. */
  readonly folder: string;
  stop(): Promise<void>;
}

export async function startEngine(say: (line: string) => void = () => {}): Promise<Engine> {
  const python = await findPython();
  if (python === undefined && !(await dockerAnswers()))
    throw new Error(
      "AWS cannot be stood in for on this machine: neither Python 3.10 or newer (with its venv module) nor a running Docker was found. Install one of them and run this again.",
    );
  const port = await freePort();
  // Not below the checkout: functions run from here, and must not find the checkout's packages or package.json.
  const folder = mkdtempSync(join(tmpdir(), "customer-journeys-"));
  const settings = settingsFor(port);
  mkdirSync(kept, { recursive: true });
  const log = openSync(logFile, "w");
  const options = { detached: true, stdio: ["pipe", log, log] as ["pipe", number, number] };

  let child: ChildProcess;
  if (python === undefined) {
    say("Starting AWS on this machine, in a container…");
    const version = /^ministack==(.+)$/m.exec(readFileSync(requirements, "utf8"))?.[1] ?? "latest";
    child = spawn("docker", containerArguments(version, patches, port, settings), options);
  } else {
    say("Starting AWS on this machine…");
    const interpreter = await installed(python, requirements, kept);
    const env = { ...settings, ...surroundings(folder) };
    child = spawn(interpreter, [join(patches, "run.py")], { ...options, env });
  }
  closeSync(log);

  const endpoint = `http://127.0.0.1:${port}`;
  const account = `9${String(randomInt(10 ** 11)).padStart(11, "0")}`;
  const engine: Engine = {
    endpoint,
    account,
    region: REGION,
    client: { endpoint, region: REGION, credentials: { accessKeyId: account, secretAccessKey: "local" } },
    environment: environmentFor(process.env, { endpoint, account, region: REGION, cdkHome: join(kept, "cdk") }),
    folder,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, "exit");
        child.stdin?.end();
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await untilHealthy(
      endpoint,
      child,
      python === undefined ? START_CONTAINER_WITHIN_MILLISECONDS : START_WITHIN_MILLISECONDS,
    );
  } catch (error) {
    await engine.stop();
    throw error;
  }
  return engine;
}

function settingsFor(port: number): Record<string, string> {
  return {
    GATEWAY_PORT: String(port),
    BIND_HOST: "127.0.0.1",
    MINISTACK_HOST: "127.0.0.1",
    MINISTACK_REGION: REGION,
    // Listeners on all interfaces that nobody here needs.
    IOT_MTLS_ENABLED: "0",
    SFTP_ENABLED: "0",
    LAMBDA_EXECUTOR: "local",
    // local/patches/functions.py lets calls wait for a process, where a limit would refuse them.
    LAMBDA_ACCOUNT_CONCURRENCY: "0",
    PYTHONUNBUFFERED: "1",
    PYTHONDONTWRITEBYTECODE: "1",
  };
}

/** Little of this process's environment: whatever the emulator has, every function has too. */
function surroundings(folder: string): Record<string, string> {
  return {
    // Functions run on the Node that runs this.
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    HOME: folder,
    TMPDIR: folder,
    LANG: "C.UTF-8",
    DOCKER_HOST: `unix://${folder}/none`,
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}

async function untilHealthy(endpoint: string, child: ChildProcess, within: number): Promise<void> {
  let failure: Error | undefined;
  child.once("error", (error) => {
    failure = error;
  });
  const deadline = Date.now() + within;
  while (Date.now() < deadline) {
    const healthy = await fetch(`${endpoint}/_ministack/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (healthy) return;
    if (failure || child.exitCode !== null || child.signalCode !== null) break;
    await sleep(50);
  }
  const log = readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-15).join("\n");
  throw new Error(`AWS on this machine did not start. ${failure?.message ?? ""}\n${log}\nMore in ${logFile}`);
}
