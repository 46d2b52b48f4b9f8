/**
 * Deploys the CDK app of a checkout to an engine with the real CDK: bootstrap, synth, deploy. The CDK asks nothing, writes
 * only to the engine's folder, and its output is shown only when it fails.
 */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import * as z from "zod/mini";
import type { Engine } from "./engine.ts";

const run = promisify(execFile);
const checkout = join(import.meta.dirname, "..");
const cdk = join(checkout, "node_modules/aws-cdk/bin/cdk");

export interface DeployOptions {
  /** The folder of the app's cdk.json. Default: this checkout. */
  readonly directory?: string;
  readonly context?: Readonly<Record<string, string>>;
  readonly say?: (line: string) => void;
}

const outputsFile = z.record(z.string(), z.record(z.string(), z.string()));

/** The outputs of all stacks by their names. A second call updates the stacks. */
export async function deploy(engine: Engine, options: DeployOptions = {}): Promise<Readonly<Record<string, string>>> {
  const { say = () => {} } = options;
  say("Preparing the account and packing the functions…");
  await Promise.all([bootstrap(engine), synthesize(engine, assemblyOf(engine), options)]);
  say("Deploying…");
  return deployAssembly(engine);
}

export async function bootstrap(engine: Engine): Promise<void> {
  // Run this in a folder without an app, because the CDK would synthesize an app again.
  await call(engine, engine.folder, ["bootstrap", `aws://${engine.account}/${engine.region}`]);
}

/** Writes the cloud assembly of the app into a folder. It fits every engine. */
export async function synthesize(engine: Engine, assembly: string, options: DeployOptions = {}): Promise<void> {
  const { directory = checkout, context = {} } = options;
  const settings = Object.entries(context).flatMap(([name, value]) => ["--context", `${name}=${value}`]);
  await call(engine, directory, ["synth", "--quiet", "--output", assembly, ...settings]);
}

/** Deploys the assembly that is in the engine's folder. */
export async function deployAssembly(engine: Engine): Promise<Readonly<Record<string, string>>> {
  const outputs = join(engine.folder, "outputs.json");
  const quick = ["--require-approval", "never", "--outputs-file", outputs];
  await call(engine, engine.folder, ["deploy", "--all", "--app", assemblyOf(engine), ...quick]);
  return Object.assign({}, ...Object.values(outputsFile.parse(JSON.parse(readFileSync(outputs, "utf8")))));
}

/** Deletes the stacks that `deploy` deployed. This is rarely needed, because an engine that stops loses everything. */
export async function destroy(engine: Engine): Promise<void> {
  await call(engine, engine.folder, ["destroy", "--all", "--force", "--app", assemblyOf(engine)]);
}

export function assemblyOf(engine: Engine): string {
  return join(engine.folder, "cdk.out");
}

const environmentOf = (engine: Engine) => ({
  ...engine.environment,
  // The CDK's own check of the template takes as long as all the rest of a synthesis, and its findings are only warnings.
  CDK_VALIDATION: "false",
  // The CDK is compiled once, where the command line keeps its compiled modules too.
  NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache"),
});

async function call(engine: Engine, cwd: string, words: readonly string[]): Promise<void> {
  try {
    await run(process.execPath, [cdk, ...words, "--ci", "--no-notices", "--no-color"], {
      cwd,
      env: environmentOf(engine),
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    const { stdout = "", stderr = "", message } = error as Error & { stdout?: string; stderr?: string };
    const told = `${stdout}\n${stderr}`.trim().split("\n").slice(-40).join("\n");
    throw new Error(`\`cdk ${words[0]}\` failed.\n${told || message}`);
  }
}
