/** The rewritten parts of the SDK say the same as the SDK's own files. */
import { readFileSync } from "node:fs";
import { build, type Plugin } from "esbuild";
import { describe, expect, test } from "vitest";
import { slimSdk, withPlainNames } from "../../../lib/functions/slim-sdk.ts";

const schemasOf = (client: string) => `node_modules/@aws-sdk/${client}/dist-es/schemas/schemas_0.js`;

/** Every export of the module: a schema is a list, and functions in it name other exports. */
async function exportsOf(file: string, plugins: Plugin[]): Promise<Record<string, string>> {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    external: ["node:*"],
    plugins,
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString("base64");
  const module: Record<string, unknown> = await import(`data:text/javascript;base64,${code}`);
  const text = (value: unknown) =>
    JSON.stringify(value, (_, part) => (typeof part === "function" ? String(part) : part));
  return Object.fromEntries(Object.entries(module).map(([name, value]) => [name, text(value)]));
}

describe("the operations of a client", () => {
  test.each(["client-sesv2", "client-socialmessaging", "client-dynamodb"])("%s has the same ones", async (client) => {
    const file = schemasOf(client);
    const own = await exportsOf(file, []);
    expect(Object.keys(own).length).toBeGreaterThan(50);
    expect(await exportsOf(file, [slimSdk])).toEqual(own);
  });

  test("their members are named by texts", () => {
    const schemas = readFileSync(schemasOf("client-sesv2"), "utf8");
    expect(schemas).toContain("{ [_h]:");
    expect(withPlainNames(schemas)).toContain('{ ["http"]:');
    expect(withPlainNames(schemas)).not.toMatch(/\[_\w+\]:/);
  });
});

describe("a name in brackets", () => {
  test.each([
    ["a text is put in its place", 'const _h = "http";\nx = { [_h]: 1 };', 'const _h = "http";\nx = { ["http"]: 1 };'],
    ["a name of something else stays", "const _h = find();\nx = { [_h]: 1 };", "const _h = find();\nx = { [_h]: 1 };"],
    ["an index stays", 'const _h = "http";\nx = y[_h];', 'const _h = "http";\nx = y[_h];'],
  ])("%s", (_, before, after) => expect(withPlainNames(before)).toBe(after));
});
