/** The folder of the cloud assemblies that the test files of one run share. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    assemblies: string;
  }
}

export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "journeys-assemblies-"));
  project.provide("assemblies", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
