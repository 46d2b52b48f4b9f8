/**
 * The code of the functions: `lambdas/NAME.ts` and everything it needs, the SDK included (so that what was tested is
 * what runs), in one minified module each.
 *
 * One run of esbuild makes them all, in the first place where one is asked for. `NodejsFunction` would run npx and
 * esbuild for each, which takes longer than the rest of `cdk synth`.
 */
import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { AssetHashType, DockerImage } from "aws-cdk-lib";
import { type AssetCode, Code } from "aws-cdk-lib/aws-lambda";
import { buildSync } from "esbuild";
import { environments, type FunctionName } from "../../lambdas/adapters/environment.ts";

const lambdas = join(import.meta.dirname, "../../lambdas");

/** Packages in the CommonJS format call `require`, which modules do not have. */
const banner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/**
 * Where the SDK looks for credentials when the environment has none. Lambda's always has; what finds them otherwise is
 * imported only when it has not, and takes a sixth of a bundle.
 */
const elsewhere = [
  "@aws-sdk/credential-provider-http",
  "@aws-sdk/credential-provider-ini",
  "@aws-sdk/credential-provider-process",
  "@aws-sdk/credential-provider-sso",
  "@aws-sdk/credential-provider-web-identity",
  "@smithy/credential-provider-imds",
];

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
    external: [...elsewhere],
    logLevel: "warning",
  });
  const outputs = Object.entries(metafile.outputs);
  return new Map(
    outputFiles.map(({ path, contents }) => {
      const name = basename(path, ".js") as FunctionName;
      const inputs = outputs.find(([output]) => output.endsWith(`${name}.js`))?.[1].inputs ?? {};
      const bytes = Object.entries(inputs).map(([input, { bytesInOutput }]) => [input, bytesInOutput] as const);
      return [name, { contents, inputs: Object.fromEntries(bytes) }];
    }),
  );
}

/** Bundled only when its stack is synthesized for deployment; Docker is never asked. */
export function codeOf(name: FunctionName): AssetCode {
  return Code.fromAsset(lambdas, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry("never-used"),
      // Never run either, but what tells one function's bundle from another's.
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
