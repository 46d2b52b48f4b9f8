/** The check of known vulnerabilities: a serious one stops the build, a registry that cannot answer does not. */
import { expect, test } from "vitest";
import { verdictOn } from "../../bin/audit.ts";

const report = (vulnerabilities: object) => JSON.stringify({ auditReportVersion: 2, vulnerabilities });

test.each([
  ["no vulnerability", report({}), 0, "Known vulnerabilities: none."],
  ["a serious one", report({ tar: { severity: "high" } }), 1, "Known vulnerabilities: tar (high)."],
  ["a slight one", report({ tar: { severity: "low" } }), 0, "Known vulnerabilities: tar (low)."],
  ["a registry without advisories", '{"error":{"code":"E405"}}', 0, "Known vulnerabilities were NOT checked"],
  ["no network", "", 0, "Known vulnerabilities were NOT checked"],
])("%s", (_, output, exitCode, said) => {
  expect(verdictOn(output)).toEqual({ exitCode, said: expect.stringContaining(said) });
});
