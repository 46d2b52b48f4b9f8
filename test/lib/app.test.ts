/**
 * Runs the app as `cdk synth` does: with all checks of the CDK and cdk-nag and all bundles, but without Docker,
 * credentials or any other state of this machine. Then loads the bundles as Lambda does, and checks their sizes and the
 * licenses of what they contain.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { environments } from "../../lambdas/adapters/environment.ts";
import { describeLicenses } from "./bundles/licenses.ts";
import { REPORT, type Report } from "./bundles/report.ts";
import { describeSizes } from "./bundles/sizes.ts";

const run = promisify(execFile);
const assembly = mkdtempSync(join(tmpdir(), "customer-journeys-app-"));
const reportFile = join(assembly, "bundles-report.json");
const read = (file: string) => JSON.parse(readFileSync(join(assembly, file), "utf8"));

interface LambdaFunction {
  readonly Type: string;
  readonly Properties: {
    readonly Code: { readonly S3Key: string };
    readonly Environment: { readonly Variables: Record<string, unknown> };
  };
}

let report: Report;
/** The address of a server that answers every request for a secret. */
let endpoint = "";
const secrets = createServer((_, response) => response.end(JSON.stringify({ SecretString: "secret" })));

beforeAll(async () => {
  await new Promise<void>((resolve) => secrets.listen(0, "127.0.0.1", resolve));
  endpoint = `http://127.0.0.1:${(secrets.address() as AddressInfo).port}`;
  const { context } = JSON.parse(readFileSync("cdk.json", "utf8"));
  const env = {
    CDK_OUTDIR: assembly,
    CDK_CONTEXT_JSON: JSON.stringify(context),
    HOME: assembly,
    [REPORT]: reportFile,
  };
  await run(process.execPath, ["--import", "./test/lib/bundles/report.ts", "bin/customer-journeys.ts"], { env });
  report = JSON.parse(readFileSync(reportFile, "utf8"));
}, 180_000);

afterAll(() => {
  secrets.close();
  rmSync(assembly, { recursive: true });
});

test("the CDK and cdk-nag report nothing", () => {
  expect(read("validation-report.json").pluginReports).toEqual([]);
  const { artifacts } = read("manifest.json");
  expect(artifacts.CustomerJourneys.messages ?? []).toEqual([]);
});

/** The environment of a function, with placeholder texts for values that only a deployment knows. */
function environmentOf({ Properties }: LambdaFunction): Record<string, string> {
  const variables = Object.entries(Properties.Environment.Variables);
  return Object.fromEntries(
    variables.map(([name, value]) => [name, typeof value === "string" ? value : "arn:aws:known:at::deployment"]),
  );
}

function functionNamed(name: string): LambdaFunction {
  const resources: LambdaFunction[] = Object.values(read("CustomerJourneys.template.json").Resources);
  const found = resources.filter(
    ({ Type, Properties }) =>
      Type === "AWS::Lambda::Function" && Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME === name,
  );
  const [only] = found;
  if (!only || found.length > 1) throw new Error(`${found.length} functions are named ${name}.`);
  return only;
}

const folderOf = ({ Properties }: LambdaFunction) =>
  join(assembly, `asset.${Properties.Code.S3Key.replace(".zip", "")}`);

/** Imports the function in a new process, and answers what kind of value its handler is. */
async function imported(found: LambdaFunction, more: Record<string, string> = {}): Promise<string> {
  const bundle = pathToFileURL(join(folderOf(found), "index.mjs"));
  const script = `import { handler } from ${JSON.stringify(bundle)}; console.log(typeof handler);`;
  const env = {
    ...environmentOf(found),
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "none",
    AWS_SECRET_ACCESS_KEY: "none",
    ...more,
  };
  return (await run(process.execPath, ["--input-type=module", "--eval", script], { env })).stdout.trim();
}

describe.each(Object.keys(environments))("%s", (name) => {
  test("loads with its environment and has a handler", { timeout: 60_000 }, async () => {
    const found = functionNamed(name);
    expect(await imported(found)).toBe("function");
    expect(readFileSync(join(folderOf(found), "index.mjs")).byteLength).toBeLessThan(1_000_000);
  });
});

describe("advance with text messages", () => {
  const SENDER = "arn:aws:sms-voice:eu-central-1:111122223333:pool/pool-1";

  test("finds their client beside its handler", { timeout: 60_000 }, async () =>
    expect(await imported(functionNamed("advance"), { SMS: JSON.stringify({ sender: SENDER }) })).toBe("function"),
  );

  test("does not start with a setting that is wrong", { timeout: 60_000 }, () =>
    expect(imported(functionNamed("advance"), { SMS: '{"sender":"Shop"}' })).rejects.toThrow(
      "The sender is no ARN of a phone number, a pool or a sender id.",
    ),
  );
});

describeSizes(
  () => report,
  (name) => folderOf(functionNamed(name)),
);
describeLicenses(() => report);
