/**
 * The code of the functions. Each bundle is one minified module with `lambdas/NAME.ts` and everything that it imports.
 * It includes the SDK, so that the tested version is the version that runs.
 *
 * The first request for a bundle runs esbuild for all of them. `NodejsFunction` would run npx and esbuild for each
 * function, which takes longer than the rest of `cdk synth`.
 */
import { existsSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { AssetHashType, DockerImage } from "aws-cdk-lib";
import { type AssetCode, Code } from "aws-cdk-lib/aws-lambda";
import { environments, type FunctionName } from "../../lambdas/adapters/environment.ts";

const lambdas = join(import.meta.dirname, "../../lambdas");

/** CommonJS packages call `require`, which an ES module does not have. */
const banner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

const EVENT_STREAMS = "@smithy/core/event-streams";

/**
 * Packages that the SDK imports only when it needs them, and never in Lambda: the other credential providers, because
 * Lambda puts credentials in the environment, and the streams of events, which no call of ours has. Without them, a
 * bundle is a fifth smaller.
 */
const elsewhere = [
  "@aws-sdk/credential-provider-http",
  "@aws-sdk/credential-provider-ini",
  "@aws-sdk/credential-provider-process",
  "@aws-sdk/credential-provider-sso",
  "@aws-sdk/credential-provider-web-identity",
  EVENT_STREAMS,
  "@smithy/credential-provider-imds",
];

/** It calls another function, and the client of Lambda loads the streams of events at once. */
const WITH_EVENT_STREAMS: FunctionName = "unsubscribe";

export interface Bundle {
  readonly contents: Uint8Array;
  /** How many bytes of it come from which file. */
  readonly inputs: Readonly<Record<string, number>>;
}

let bundled: ReadonlyMap<FunctionName, Bundle> | undefined;

/** Each function's module. */
export function bundles(): ReadonlyMap<FunctionName, Bundle> {
  bundled ??= bundle();
  return bundled;
}

function bundle(): ReadonlyMap<FunctionName, Bundle> {
  const names = Object.keys(environments) as FunctionName[];
  const others = names.filter((name) => name !== WITH_EVENT_STREAMS);
  const without = elsewhere.filter((name) => name !== EVENT_STREAMS);
  return new Map([...built(others, elsewhere), ...built([WITH_EVENT_STREAMS], without)]);
}

function built(names: readonly FunctionName[], external: readonly string[]): (readonly [FunctionName, Bundle])[] {
  // Loaded only here: an app that uses the package has bundles, and needs no esbuild.
  const { buildSync } = createRequire(import.meta.url)("esbuild") as typeof import("esbuild");
  const { outputFiles, metafile } = buildSync({
    entryPoints: names.map((name) => join(lambdas, `${name}.ts`)),
    outdir: lambdas,
    write: false,
    metafile: true,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    mainFields: ["module", "main"],
    minify: true,
    banner: { js: banner },
    external: [...external],
    logLevel: "warning",
  });
  const outputs = Object.entries(metafile.outputs);
  return outputFiles.map(({ path, contents }) => {
    const name = basename(path, ".js") as FunctionName;
    const inputs = outputs.find(([output]) => output.endsWith(`${name}.js`))?.[1].inputs ?? {};
    const bytes = Object.entries(inputs).map(([input, { bytesInOutput }]) => [input, bytesInOutput] as const);
    return [name, { contents, inputs: Object.fromEntries(bytes) }] as const;
  });
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
          writeFileSync(join(folder, "index.mjs"), bundle.contents);
          return true;
        },
      },
    },
  });
}
