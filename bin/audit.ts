/**
 * `npm run audit`: known vulnerabilities of the locked dependencies, by the advisories of the npm registry. Many
 * registries have no advisories. The command then says that it could not check, and succeeds. An answer without a
 * report is no reason to stop a build.
 */
import { execFile } from "node:child_process";

export interface Verdict {
  readonly exitCode: 0 | 1;
  readonly said: string;
}

const serious = ["high", "critical"];

/** `output`: what `npm audit --json` prints. */
export function verdictOn(output: string): Verdict {
  const vulnerabilities = reportIn(output);
  if (!vulnerabilities)
    return { exitCode: 0, said: "Known vulnerabilities were NOT checked: the registry answers no audit." };
  const found = Object.entries(vulnerabilities).map(([name, { severity = "unknown" }]) => ({ name, severity }));
  const bad = found.filter(({ severity }) => serious.includes(severity));
  const list = found.map(({ name, severity }) => `${name} (${severity})`).join(", ");
  return { exitCode: bad.length > 0 ? 1 : 0, said: `Known vulnerabilities: ${list || "none"}.` };
}

function reportIn(output: string): Record<string, { readonly severity?: string }> | undefined {
  try {
    const report = JSON.parse(output) as { auditReportVersion?: number; vulnerabilities?: Record<string, object> };
    return report.auditReportVersion === undefined ? undefined : report.vulnerabilities;
  } catch {
    return undefined;
  }
}

if (import.meta.main)
  execFile("npm", ["audit", "--json"], { timeout: 60_000 }, (_, output) => {
    const { exitCode, said } = verdictOn(output);
    process.stdout.write(`${said}\n`);
    process.exitCode = exitCode;
  });
