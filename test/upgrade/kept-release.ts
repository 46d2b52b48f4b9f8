/**
 * The code of the release before, so that a test can deploy it: a checkout in continuous integration may have no history.
 * It has what the stack is synthesized from, as text, and uses the packages of this checkout.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";

const file = join(import.meta.dirname, "release.tar.br");
const checkout = join(import.meta.dirname, "../..");

/** The CDK app, and everything that it imports. */
const parts = [
  ...["bin/customer-journeys.ts", "lib", "lambdas", "statemachines", "simulator", "proof"],
  ...["cdk.json", "package.json", "tsconfig.json"],
];

export function keepRelease(commit: string, root: string): void {
  const archive = execFileSync("git", ["archive", commit, ...parts], { cwd: root, maxBuffer: 1e9 });
  writeFileSync(file, brotliCompressSync(archive));
}

/** Unpacks the code into an empty folder, from which the CDK can deploy it. */
export function unpackRelease(folder: string): void {
  execFileSync("tar", ["x", "-C", folder], { input: brotliDecompressSync(readFileSync(file)) });
  symlinkSync(join(checkout, "node_modules"), join(folder, "node_modules"));
}
