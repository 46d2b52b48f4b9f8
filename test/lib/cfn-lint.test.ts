/**
 * Checks the synthesized template with cfn-lint, which knows CloudFormation's resource schemas. Runs only where `npm run
 * emulator` has installed it; `installed.test.ts` fails in CI when it is missing.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { beforeAll, describe, expect, test } from "vitest";
import { CustomerJourneys } from "../../lib/customer-journeys.ts";
import type { CustomerJourneysProps } from "../../lib/customer-journeys-props.ts";
import { cfnLintHome } from "../../local/cfn-lint.ts";
import { appWithoutBundling } from "./stack.ts";

/** Rules whose findings are accepted, with the reason. */
const acknowledged: Readonly<Record<string, string>> = {
  W3005: "The CDK names a role's policy and the role in DependsOn. The role is superfluous there, and harmless.",
};

const home = cfnLintHome();
/** The script `cfn-lint` of the folder names the place at which the folder was built. */
const run = "import sys; from cfnlint.runner import main; sys.exit(main())";

interface Finding {
  readonly Filename: string;
  readonly Rule: { readonly Id: string };
  readonly Message: string;
}

/** The findings in each of the templates. One process checks all of them, because it loads the schemas first. */
async function findings(templates: readonly object[]): Promise<Finding[][]> {
  const folder = mkdtempSync(join(tmpdir(), "cfn-lint-"));
  try {
    const files = templates.map((_, n) => join(folder, `${n}.json`));
    for (const [n, file] of files.entries()) writeFileSync(file, JSON.stringify(templates[n]));
    const args = ["--format", "json", "--regions", "us-east-1", "eu-central-1", "--", ...files];
    const { stdout } = await promisify(execFile)(join(home ?? "", "bin/python"), ["-c", run, ...args], {
      maxBuffer: 100_000_000,
    }).catch((error: { stdout: string }) => error);
    const found = JSON.parse(stdout) as Finding[];
    return files.map((file) => found.filter(({ Filename }) => Filename === file));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function templateWith(props: CustomerJourneysProps): object {
  const stack = new Stack(appWithoutBundling(), "Test");
  new CustomerJourneys(stack, "Journeys", props);
  return Template.fromStack(stack).toJSON();
}

const unknownProperty = { Resources: { Bucket: { Type: "AWS::S3::Bucket", Properties: { NoSuchProperty: true } } } };

describe.skipIf(home === undefined)("cfn-lint", () => {
  let found: Finding[][] = [];
  beforeAll(async () => {
    const settings = { unsubscribeConcurrency: 20, logAllTransitions: true, mailRate: 2_000, dashboard: false };
    found = await findings([templateWith({}), templateWith(settings), unknownProperty]);
  }, 120_000);

  test.each([
    ["without settings", 0],
    ["with settings", 1],
  ])("finds nothing but what is acknowledged, %s", (_, template) => {
    const here = found[template] ?? [];
    expect(here.filter(({ Rule }) => !(Rule.Id in acknowledged)).map(({ Message }) => Message)).toEqual([]);
    expect(new Set(here.map(({ Rule }) => Rule.Id))).toEqual(new Set(Object.keys(acknowledged)));
  });

  test("finds a property that CloudFormation does not have", () =>
    expect(found[2]?.map(({ Message }) => Message).join()).toContain("NoSuchProperty"));
});
