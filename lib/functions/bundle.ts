/**
 * The code of the functions. Each bundle is one minified module with `lambdas/NAME.ts` and everything that it imports.
 * A bundle includes the SDK, so that the tested version is the version that runs. advance and message-status are the
 * exceptions: they have several modules, because they load what a channel needs only in a stack that has the channel.
 *
 * The first request for a bundle runs esbuild for all of them. `NodejsFunction` would run npx and esbuild for each
 * function, which takes longer than the rest of `cdk synth`.
 */
import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deserialize } from "node:v8";
import { AssetHashType, DockerImage } from "aws-cdk-lib";
import { type AssetCode, Code } from "aws-cdk-lib/aws-lambda";
import type { FunctionName } from "../../lambdas/adapters/environment.ts";

const lambdas = join(import.meta.dirname, "../../lambdas");

export interface Bundle {
  /** By file name. `index.mjs` has the handler. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The bytes that every cold start loads: `index.mjs` and the modules that it imports immediately. */
  readonly loaded: number;
  /** How many bytes of the files come from which source. */
  readonly inputs: Readonly<Record<string, number>>;
}

const MOST_BYTES = 64 * 1024 * 1024;

let bundled: ReadonlyMap<FunctionName, Bundle> | undefined;

/** Each function's modules. An app that uses the package has finished bundles, and never calls this function. */
export function bundles(): ReadonlyMap<FunctionName, Bundle> {
  bundled ??= deserialize(
    execFileSync(process.execPath, [join(import.meta.dirname, "run-esbuild.ts")], {
      maxBuffer: MOST_BYTES,
      stdio: ["ignore", "pipe", "inherit"],
    }),
  ) as ReadonlyMap<FunctionName, Bundle>;
  return bundled;
}

/**
 * The CDK bundles a function only when it synthesizes the stack for deployment. Docker never runs. The package has
 * finished bundles in place of the sources: see `bin/build.ts`.
 */
export function codeOf(name: FunctionName): AssetCode {
  const finished = join(lambdas, name);
  if (existsSync(join(finished, "index.mjs"))) return Code.fromAsset(finished);
  return Code.fromAsset(lambdas, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry("never-used"),
      // Never runs, but its text distinguishes the bundles of different functions.
      command: [name],
      local: {
        tryBundle(folder) {
          const bundle = bundles().get(name);
          if (!bundle) throw new Error(`esbuild made no bundle of ${name}.`);
          for (const [file, contents] of bundle.files) writeFileSync(join(folder, file), contents);
          return true;
        },
      },
    },
  });
}
