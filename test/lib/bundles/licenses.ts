/**
 * The licenses of the packages in the functions' bundles. A user who deploys the stack distributes none of them, but a
 * copyleft license would still restrict users who build the stack into a product of their own.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Report } from "./report.ts";

/** Licenses that ask for no more than their notice. */
const permissive = new Set(["Apache-2.0", "MIT", "MIT-0", "ISC", "BSD-2-Clause", "BSD-3-Clause", "0BSD"]);

/** Every package of which code is in a bundle, with its license. */
function licenses(report: Report): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { inputs } of Object.values(report))
    for (const [path, bytes] of Object.entries(inputs)) {
      const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
      if (name !== undefined && bytes > 0) found[name] ??= licenseOf(path);
    }
  return found;
}

/** The license in the package.json that the file belongs to; some packages have further ones without a name. */
function licenseOf(path: string): string {
  for (let folder = dirname(path); folder.includes("node_modules"); folder = dirname(folder)) {
    const file = join(folder, "package.json");
    const { license } = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { license?: string }) : {};
    if (license !== undefined) return license;
  }
  return "unknown";
}

export function describeLicenses(report: () => Report): void {
  describe("the licenses of the bundled packages", () => {
    test("the bundles contain packages, the SDK among them", () => {
      expect(licenses(report())).toMatchObject({ "@aws-sdk/client-sfn": "Apache-2.0", liquidjs: "MIT" });
    });

    test("every package in a bundle has a permissive license", () => {
      const others = Object.entries(licenses(report())).filter(([, license]) => !permissive.has(license));
      expect(others).toEqual([]);
    });

    test("a copyleft license would be found", () => {
      for (const license of ["GPL-3.0-only", "AGPL-3.0-only", "LGPL-2.1", "MPL-2.0", "unknown"])
        expect(permissive.has(license)).toBe(false);
    });
  });
}
