/**
 * Deploys this checkout to an engine. The test files of one run share the synthesis: with the same settings, only the
 * first of them synthesizes the stack and bundles its functions.
 *
 * The start of a scaled time is a setting too, and it differs in every deployment. The shared assembly has a moment in
 * its place that occurs nowhere else, and the engine's copy of the assembly has the start.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";
import { assemblyOf, bootstrap, deployAssembly, synthesize } from "../../../local/deploy.ts";
import type { Engine } from "../../../local/engine.ts";

/** Stands for the start of the scaled time in settings. */
export const START = "1999-12-31T23:59:59.999Z";

export async function deployOnceSynthesized(
  engine: Engine,
  context: Readonly<Record<string, string>>,
  start: string,
): Promise<Readonly<Record<string, string>>> {
  const [shared] = await Promise.all([synthesized(engine, context), bootstrap(engine)]);
  copy(shared, assemblyOf(engine), start);
  return deployAssembly(engine);
}

async function synthesized(engine: Engine, context: Readonly<Record<string, string>>): Promise<string> {
  const settings = createHash("sha256").update(JSON.stringify(context)).digest("hex").slice(0, 16);
  const folder = join(inject("assemblies"), settings);
  if (!existsSync(folder)) {
    const unfinished = `${folder}.${process.pid}`;
    await synthesize(engine, unfinished, { context });
    // The CDK keeps the archives of functions here.
    mkdirSync(join(unfinished, ".cache"), { recursive: true });
    renameSync(unfinished, folder);
  }
  return folder;
}

/** Files are copied, folders (the code of functions) are shared. */
function copy(shared: string, own: string, start: string): void {
  mkdirSync(own);
  for (const entry of readdirSync(shared, { withFileTypes: true })) {
    const [from, to] = [join(shared, entry.name), join(own, entry.name)];
    if (entry.isDirectory()) symlinkSync(from, to);
    else writeFileSync(to, readFileSync(from, "utf8").replaceAll(START, start));
  }
}
