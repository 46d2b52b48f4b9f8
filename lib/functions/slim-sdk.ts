/**
 * Makes esbuild leave out those parts of the SDK that no function uses. esbuild drops unused code itself, except where
 * it cannot be sure that the code does nothing. The three rewrites below change nothing that a function does.
 */
import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/**
 * In a client's list of operations, members have names like `[_h]`, with `const _h = "http"` above. esbuild keeps an
 * unused value with such a member, because it expects that the name could be an object with a `toString` of its own.
 * With the name itself in the brackets, esbuild drops the operations that the function never calls.
 */
export function withPlainNames(schemas: string): string {
  const names = new Map([...schemas.matchAll(/^const (_\w+) = ("[^"\\]*");$/gm)].map(([, name, text]) => [name, text]));
  return schemas.replace(/\[(_\w+)\]:/g, (whole, name: string) => (names.has(name) ? `[${names.get(name)}]:` : whole));
}

/** A client reads nothing but the version from its package.json, for the header `User-Agent`. */
const versionOnly = (manifest: string) => JSON.stringify({ version: JSON.parse(manifest).version });

/**
 * The client of DynamoDB creates a cache of endpoints. Only operations that discover their endpoints use the cache, and
 * DynamoDB has none. If it had one, the call would fail with "getEndpoint is not a function".
 */
const noCache = "export class EndpointCache {}";

export const slimSdk: Plugin = {
  name: "slim-sdk",
  setup({ onLoad }) {
    onLoad({ filter: /@aws-sdk\/client-[\w-]+\/dist-es\/schemas\/schemas_0\.js$/ }, async ({ path }) => ({
      contents: withPlainNames(await readFile(path, "utf8")),
    }));
    onLoad({ filter: /@aws-sdk\/client-[\w-]+\/package\.json$/ }, async ({ path }) => ({
      contents: versionOnly(await readFile(path, "utf8")),
      loader: "json",
    }));
    onLoad({ filter: /@aws-sdk\/endpoint-cache\/dist-es\/index\.js$/ }, () => ({ contents: noCache }));
  },
};
