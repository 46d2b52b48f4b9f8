/**
 * AWS on this machine: MiniStack with the corrections of local/patches, on a free port of the loopback interface. The
 * engine holds everything in memory and ends with this process, even after a crash.
 *
 * Each engine is an account of its own. The access key *is* the account's number (MiniStack reads it so), because the
 * CDK caches the account of an access key.
 */
import type { ChildProcess } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { environmentFor } from "./environment.ts";
import { kept, type Launched, launch } from "./launch.ts";

const region = "eu-central-1";
/** The output of the emulator and the functions. */
export const logFile = join(kept, "engine.log");

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
  /** The whole environment for a child process that can use only this engine as AWS. */
  readonly environment: Readonly<Record<string, string>>;
  /** A folder that is deleted when the engine stops. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** `functionsEndpoint`: the endpoint of functions, for a test that observes their requests. Default: the engine. */
export async function startEngine(say: (line: string) => void = () => {}, functionsEndpoint?: string): Promise<Engine> {
  const port = await freePort();
  // The folder is outside the checkout: functions run in it and must not find the checkout's packages.
  const folder = mkdtempSync(join(tmpdir(), "customer-journeys-"));
  try {
    mkdirSync(kept, { recursive: true });
    // Use a new file, because another engine may still write the old one.
    rmSync(logFile, { force: true });
    const log = openSync(logFile, "a");
    const launched = await launch({ port, region, folder, log, say, functionsEndpoint }).finally(() => closeSync(log));
    const endpoint = `http://127.0.0.1:${port}`;
    await untilHealthy(endpoint, launched);
    return engineAt(endpoint, folder, launched.child);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function engineAt(endpoint: string, folder: string, child: ChildProcess): Engine {
  const account = `9${String(randomInt(10 ** 11)).padStart(11, "0")}`;
  return {
    endpoint,
    account,
    region,
    client: { endpoint, region, credentials: { accessKeyId: account, secretAccessKey: "local" } },
    environment: environmentFor(process.env, { endpoint, account, region, cdkHome: join(kept, "cdk") }),
    folder,
    async stop() {
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function isOver(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

async function end(child: ChildProcess): Promise<void> {
  if (isOver(child)) return;
  const ended = once(child, "exit");
  child.stdin?.end();
  await ended;
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

async function untilHealthy(endpoint: string, { child, withinMilliseconds }: Launched): Promise<void> {
  let failure = "";
  child.once("error", ({ message }) => {
    failure = message;
  });
  // The pipe breaks when the emulator has ended first; that is no error.
  child.stdin?.on("error", () => {});
  const deadline = Date.now() + withinMilliseconds;
  while (Date.now() < deadline) {
    const healthy = await fetch(`${endpoint}/_ministack/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (healthy) return;
    if (isOver(child)) break;
    await sleep(50);
  }
  await end(child);
  const told = readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-15).join("\n");
  throw new Error(`What stands in for AWS did not start. ${failure}\n${told}\nThe whole log is ${logFile}`);
}
