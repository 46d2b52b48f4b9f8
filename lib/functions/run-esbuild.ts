/**
 * Bundles all functions and writes the bundles to the standard output. `bundle.ts` runs this file as a process of its
 * own: the CDK asks for a bundle and cannot wait for a promise, but esbuild takes plugins only when its caller can wait.
 */
import { basename, join, resolve } from "node:path";
import { serialize } from "node:v8";
import { build, type Metafile } from "esbuild";
import { environments, type FunctionName } from "../../lambdas/adapters/environment.ts";
import type { Bundle } from "./bundle.ts";
import { slimSdk } from "./slim-sdk.ts";

const lambdas = join(import.meta.dirname, "../../lambdas");

/** CommonJS packages call `require`, which an ES module does not have. */
const banner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

const EVENT_STREAMS = "@smithy/core/event-streams";

/**
 * Packages that the SDK imports only when it needs them, and never in Lambda: the other credential providers, because
 * Lambda puts credentials in the environment, and the streams of events, which no call of ours has. Without these
 * packages, a bundle is a fifth smaller.
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

/** This function calls another function, and the client of Lambda loads the streams of events at once. */
const WITH_EVENT_STREAMS: FunctionName = "unsubscribe";
/**
 * advance has one module for each channel, and message-status one for messages from customers: only a stack with the
 * channel loads it. One more module has the code that several modules share.
 */
const IN_PARTS: readonly FunctionName[] = ["advance", "message-status"];

async function bundle(): Promise<ReadonlyMap<FunctionName, Bundle>> {
  const names = Object.keys(environments) as FunctionName[];
  const others = names.filter((name) => name !== WITH_EVENT_STREAMS && !IN_PARTS.includes(name));
  const without = elsewhere.filter((name) => name !== EVENT_STREAMS);
  const all = await Promise.all([
    built(others, elsewhere),
    built([WITH_EVENT_STREAMS], without),
    // Each of these functions has a build of its own, because functions that are built together would share modules.
    ...IN_PARTS.map((name) => built([name], elsewhere, true)),
  ]);
  return new Map(all.flat());
}

/** With `splitting`, the functions of one call share the modules that they have in common. */
async function built(
  names: readonly FunctionName[],
  external: readonly string[],
  splitting = false,
): Promise<(readonly [FunctionName, Bundle])[]> {
  const { outputFiles, metafile } = await build({
    entryPoints: names.map((name) => ({ in: join(lambdas, `${name}.ts`), out: join(name, "index") })),
    outdir: lambdas,
    outExtension: { ".js": ".mjs" },
    write: false,
    metafile: true,
    bundle: true,
    splitting,
    chunkNames: join(names[0] ?? "", "[name]-[hash]"),
    platform: "node",
    format: "esm",
    target: "node24",
    mainFields: ["module", "main"],
    minify: true,
    banner: { js: banner },
    external: [...external],
    plugins: [slimSdk],
    logLevel: "warning",
  });
  const contents = new Map(outputFiles.map((file) => [file.path, file.contents]));
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [resolve(path), output]));
  return names.map((name) => [name, bundleOf(join(lambdas, name, "index.mjs"), outputs, contents)] as const);
}

type Outputs = ReadonlyMap<string, Metafile["outputs"][string]>;

function bundleOf(entry: string, outputs: Outputs, contents: ReadonlyMap<string, Uint8Array>): Bundle {
  const all = [...reached(entry, outputs, true)];
  const size = (path: string) => contents.get(path)?.length ?? 0;
  const inputs: Record<string, number> = {};
  for (const path of all)
    for (const [input, { bytesInOutput }] of Object.entries(outputs.get(path)?.inputs ?? {}))
      inputs[input] = (inputs[input] ?? 0) + bytesInOutput;
  return {
    files: new Map(all.map((path) => [basename(path), contents.get(path) as Uint8Array])),
    loaded: [...reached(entry, outputs, false)].reduce((sum, path) => sum + size(path), 0),
    inputs,
  };
}

/**
 * The files that a module imports, including the module itself. `byNeed`: also the files that the module imports only
 * when it needs them.
 */
function reached(path: string, outputs: Outputs, byNeed: boolean, known = new Set<string>()): Set<string> {
  if (known.has(path)) return known;
  known.add(path);
  for (const { path: next, kind, external } of outputs.get(path)?.imports ?? [])
    if (!external && (byNeed || kind === "import-statement")) reached(resolve(next), outputs, byNeed, known);
  return known;
}

process.stdout.write(serialize(await bundle()));
