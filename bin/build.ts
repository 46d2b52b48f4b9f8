/**
 * Builds `dist`, which `npm pack` puts into the package: the construct with finished bundles of the functions, so that
 * an app that uses it needs no esbuild, and the command `journeys`.
 *
 * The construct reads `../../lambdas` and `../../statemachines` from its own folder. So the built construct is two
 * folders deep.
 */
import { execFileSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";
import { bundlePage } from "../console/build/bundle-page.ts";
import { examples } from "../console/engine/examples.ts";
import { bundles } from "../lib/functions/bundle.ts";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");

function write(path: string, contents: string | Uint8Array): void {
  const file = join(dist, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, contents);
}

rmSync(dist, { recursive: true, force: true });
for (const [name, { files }] of bundles())
  for (const [file, contents] of files) write(`lambdas/${name}/${file}`, contents);
cpSync(join(root, "statemachines"), join(dist, "statemachines"), { recursive: true });

const common = { bundle: true, platform: "node", target: "node22", logLevel: "warning", absWorkingDir: root } as const;

/** The construct is built as both kinds of module, because a CDK app is often CommonJS. */
const construct = { ...common, entryPoints: ["lib/index.ts"], external: ["aws-cdk-lib", "constructs", "esbuild"] };
buildSync({ ...construct, format: "esm", outfile: "dist/lib/esm/index.js" });
buildSync({
  ...construct,
  format: "cjs",
  outfile: "dist/lib/cjs/index.js",
  define: { "import.meta.dirname": "__dirname", "import.meta.url": "__filename" },
});

for (const [path, contents] of await bundlePage()) write(`console/${path}`, contents);
write("examples.json", JSON.stringify(examples()));

buildSync({
  ...common,
  entryPoints: { journeys: "bin/journeys.ts", "archive-worker": "cli/cores/archive-worker.ts" },
  // The page is built above, and the code that builds it in a clone is left out.
  external: ["esbuild"],
  format: "esm",
  mainFields: ["module", "main"],
  splitting: true,
  minify: true,
  outdir: "dist",
  chunkNames: "commands/[name]-[hash]",
  // CommonJS packages call `require`, which an ES module does not have.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});

/** The types of the construct, once for each kind of module: `type` in package.json decides how a compiler reads them. */
const settings = {
  extends: "../tsconfig.json",
  compilerOptions: {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rewriteRelativeImportExtensions: true,
    rootDir: root,
    outDir: "types/esm",
  },
  include: [],
  files: ["../lib/index.ts"],
};
write("tsconfig.json", JSON.stringify(settings));
execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", join(dist, "tsconfig.json")], {
  stdio: "inherit",
});
rmSync(join(dist, "tsconfig.json"));
// A reader of declarations finds `x.d.ts` by the name `x.js`.
for (const file of globSync("types/esm/**/*.d.ts", { cwd: dist }))
  write(file, readFileSync(join(dist, file), "utf8").replace(/(["'])(\.{1,2}\/[^"']+)\.ts\1/g, "$1$2.js$1"));
cpSync(join(dist, "types/esm"), join(dist, "types/cjs"), { recursive: true });
for (const [folder, type] of [
  ["lib/cjs", "commonjs"],
  ["types/cjs", "commonjs"],
  ["types/esm", "module"],
  ["lib/esm", "module"],
])
  write(`${folder}/package.json`, JSON.stringify({ type }));
