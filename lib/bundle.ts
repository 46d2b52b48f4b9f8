/**
 * The code of the functions: `lambdas/NAME.ts` and everything it needs, the SDK included (so that what was tested is
 * what runs), in one minified module each.
 *
 * One run of esbuild makes them all, in the first place where one is asked for. `NodejsFunction` would run npx and
 * esbuild for each, which takes longer than the rest of `cdk synth`.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { AssetHashType, DockerImage } from "aws-cdk-lib";
import { type AssetCode, Code } from "aws-cdk-lib/aws-lambda";
import { buildSync } from "esbuild";
import { environments, type FunctionName } from "../lambdas/adapters/environment.ts";

const lambdas = join(import.meta.dirname, "../lambdas");

/** Packages in the CommonJS format call `require`, which modules do not have. */
const banner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/** Each function's module, by the name of its file. */
let bundled: ReadonlyMap<string, Uint8Array> | undefined;

function bundle(): ReadonlyMap<string, Uint8Array> {
  const { outputFiles } = buildSync({
    entryPoints: Object.keys(environments).map((name) => join(lambdas, `${name}.ts`)),
    outdir: lambdas,
    write: false,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    mainFields: ["module", "main"],
    minify: true,
    banner: { js: banner },
    logLevel: "warning",
  });
  return new Map(outputFiles.map(({ path, contents }) => [path, contents]));
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
          bundled ??= bundle();
          const contents = bundled.get(join(lambdas, `${name}.js`));
          if (!contents) throw new Error(`esbuild made no bundle of ${name}.`);
          writeFileSync(join(folder, "index.mjs"), contents);
          return true;
        },
      },
    },
  });
}
