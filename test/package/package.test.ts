/**
 * The package that a team installs: `npm pack`, then an empty CDK app with only the package, the CDK and TypeScript.
 * The app has no esbuild, and no source of this repository.
 */
import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { archiveText, past } from "../proof/replay/past.ts";

const app = mkdtempSync(join(tmpdir(), "journeys-app-"));
const installed = join(app, "node_modules/customer-journeys");
afterAll(() => rmSync(app, { recursive: true }));

function node(args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: app, encoding: "utf8" });
  return { exitCode: status, out: stdout, err: stderr };
}

beforeAll(() => {
  const packed = execFileSync("npm", ["pack", "--json", "--pack-destination", app], { encoding: "utf8" });
  const [{ filename }] = JSON.parse(packed.slice(packed.indexOf("["))) as [{ filename: string }];
  mkdirSync(installed, { recursive: true });
  execFileSync("tar", ["-xzf", join(app, filename), "-C", installed, "--strip-components", "1"]);
  mkdirSync(join(app, "node_modules/@types"));
  for (const name of ["aws-cdk-lib", "constructs", "zod", "typescript", "@types/node"])
    symlinkSync(resolve("node_modules", name), join(app, "node_modules", name));
  cpSync("examples/abandoned-cart", join(app, "journeys"), { recursive: true });
}, 300_000);

const source = (imports: string) => `${imports}
const app = new App();
const stack = new Stack(app, "Shop");
new CustomerJourneys(stack, "Journeys", { sender: { from: "Shop <hello@shop.example>" } });
app.synth();
`;

describe("the construct", () => {
  test.each([
    [
      "an ES module",
      "app.mjs",
      'import { App, Stack } from "aws-cdk-lib";\nimport { CustomerJourneys } from "customer-journeys";',
    ],
    [
      "CommonJS",
      "app.cjs",
      'const { App, Stack } = require("aws-cdk-lib");\nconst { CustomerJourneys } = require("customer-journeys");',
    ],
  ])("synthesizes in %s, with bundled functions and without esbuild", { timeout: 300_000 }, (kind, file, imports) => {
    writeFileSync(join(app, file), source(imports).replace("new App()", `new App({ outdir: "out-${file}" })`));
    const { exitCode, err } = node([file]);
    expect([kind, exitCode, err]).toEqual([kind, 0, ""]);
    const out = join(app, `out-${file}`);
    const { Resources } = JSON.parse(readFileSync(join(out, "Shop.template.json"), "utf8"));
    const types = Object.values(Resources as Record<string, { Type: string }>).map(({ Type }) => Type);
    expect(types.filter((type) => type === "AWS::Lambda::Function").length).toBeGreaterThanOrEqual(8);
    const bundles = readdirSync(out).filter((name) => existsSync(join(out, name, "index.mjs")));
    expect(bundles.length).toBeGreaterThanOrEqual(8);
    const files = bundles.flatMap((name) => readdirSync(join(out, name)));
    expect(files).toContainEqual(expect.stringMatching(/^sms-channel-\w+\.mjs$/));
    expect(existsSync(join(app, "node_modules/esbuild"))).toBe(false);
  });

  test("has types in both kinds of modules, and a wrong property is an error", { timeout: 300_000 }, () => {
    const good = source(
      'import { App, Stack } from "aws-cdk-lib";\nimport { CustomerJourneys } from "customer-journeys";',
    );
    for (const kind of ["mts", "cts"]) {
      writeFileSync(join(app, `good.${kind}`), good);
      writeFileSync(join(app, `wrong.${kind}`), good.replace("sender:", "sendr:"));
    }
    const options = ["--noEmit", "--strict", "--module", "nodenext", "--skipLibCheck", "--pretty", "false"];
    const files = ["good.mts", "good.cts", "wrong.mts", "wrong.cts"];
    const { exitCode, out } = node(["node_modules/typescript/bin/tsc", ...options, ...files]);
    const errors = out.split("\n").filter((line) => line.includes("error"));
    const unknown = expect.stringMatching(/'sendr' does not exist in type 'CustomerJourneysProps'/);
    expect([exitCode === 0, errors.map((line) => line.split("(")[0]).sort()]).toEqual([
      false,
      ["wrong.cts", "wrong.mts"],
    ]);
    expect(errors).toEqual([unknown, unknown]);
  });
});

describe("the command", () => {
  const command = "node_modules/customer-journeys/bin/journeys.cjs";

  test("validates and simulates in the app's folder", { timeout: 300_000 }, () => {
    expect(node([command, "validate", "journeys"])).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining("3 files, no problems"),
    });
    const { exitCode, out } = node([command, "simulate", "journeys/scenario.json"]);
    expect([exitCode, out]).toEqual([0, expect.stringMatching(/\d+ entered/)]);
  });

  test("replays more customers than one thread takes, on two cores", { timeout: 300_000 }, async () => {
    const ids = Array.from({ length: 300 }, (_, n) => `c-${n}`);
    const live = JSON.parse(readFileSync(join(app, "journeys/journey.json"), "utf8"));
    const where = { field: "event.total", operator: "greaterThan", value: 1000 };
    const journey = { ...live, trigger: { ...live.trigger, where } };
    const archive = archiveText(
      await past({
        customers: ids.map((customerId) => ({ customerId, country: "DE" })),
        events: ids.map((customerId, n) => ({
          ...{ at: "2026-01-05T09:00:00Z", event: journey.trigger.event, id: `e-${n}`, customerId },
          data: { total: 59, cartId: "k" },
        })),
        until: "2026-01-06T00:00:00Z",
      }),
    );
    writeFileSync(join(app, "past.jsonl"), archive);
    writeFileSync(join(app, "draft.json"), JSON.stringify(journey));
    const args = [command, "replay", "draft.json", "--from", "past.jsonl", "--cores", "2", "--json"];
    const { exitCode, out, err } = node([...args, "--against", "journeys"]);
    expect([exitCode, err]).toEqual([0, ""]);
    const lines = out.trim().split("\n");
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ kind: "summary", customers: 300, changed: 300 });
    expect(lines).toHaveLength(301);
  });

  test("finds the AWS SDK in the package", { timeout: 300_000 }, () => {
    const env = {
      PATH: process.env.PATH,
      AWS_REGION: "eu-central-1",
      AWS_ENDPOINT_URL: "http://127.0.0.1:9",
      AWS_ACCESS_KEY_ID: "a",
      AWS_SECRET_ACCESS_KEY: "b",
      AWS_MAX_ATTEMPTS: "1",
    };
    const { status, stderr } = spawnSync(process.execPath, [command, "list"], { cwd: app, encoding: "utf8", env });
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^AWS cannot be reached/)]);
  });
});

test("the package has the schemas, and neither tests nor sources", () => {
  expect(readdirSync(join(installed, "schema"))).toContain("journey.schema.json");
  for (const name of ["test", "lambdas", "cli", "node_modules"])
    expect(existsSync(join(installed, name)), name).toBe(false);
});
