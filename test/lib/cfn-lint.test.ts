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
import { describe, expect, test } from "vitest";
import { CustomerJourneys, type CustomerJourneysProps } from "../../lib/customer-journeys.ts";
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
  readonly Rule: { readonly Id: string };
  readonly Message: string;
}

async function findings(template: object): Promise<Finding[]> {
  const folder = mkdtempSync(join(tmpdir(), "cfn-lint-"));
  try {
    const file = join(folder, "template.json");
    writeFileSync(file, JSON.stringify(template));
    const args = ["--format", "json", "--regions", "us-east-1", "eu-central-1", "--", file];
    const { stdout } = await promisify(execFile)(join(home ?? "", "bin/python"), ["-c", run, ...args]).catch(
      (error: { stdout: string }) => error,
    );
    return JSON.parse(stdout) as Finding[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function templateWith(props: CustomerJourneysProps): { Resources: Record<string, { Properties: object }> } {
  const stack = new Stack(appWithoutBundling(), "Test");
  new CustomerJourneys(stack, "Journeys", props);
  return Template.fromStack(stack).toJSON() as ReturnType<typeof templateWith>;
}

describe.skipIf(home === undefined)("cfn-lint", { timeout: 60_000 }, () => {
  test.each<[string, CustomerJourneysProps]>([
    ["without settings", {}],
    ["with settings", { unsubscribeConcurrency: 20, logAllTransitions: true, mailRate: 2_000, dashboard: false }],
  ])("finds nothing but what is acknowledged, %s", async (_, props) => {
    const found = await findings(templateWith(props));
    expect(found.filter(({ Rule }) => !(Rule.Id in acknowledged)).map(({ Message }) => Message)).toEqual([]);
    expect(new Set(found.map(({ Rule }) => Rule.Id))).toEqual(new Set(Object.keys(acknowledged)));
  });

  test("finds a property that CloudFormation does not have", async () => {
    const template = templateWith({});
    const [name = ""] = Object.keys(template.Resources);
    Object.assign(template.Resources[name]?.Properties ?? {}, { NoSuchProperty: true });
    const found = await findings(template);
    expect(found.map(({ Message }) => Message).join()).toContain("NoSuchProperty");
  });
});
