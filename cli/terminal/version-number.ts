/** Reads the number of a version on the command line: `3` or `v3`. */
import { UsageError } from "../../stack/usage-error.ts";

export function versionNumber(option: string, given: string | boolean | undefined): number {
  if (typeof given === "string" && /^v?[1-9]\d{0,8}$/.test(given)) return Number(given.replace("v", ""));
  throw new UsageError(`${option} takes the number of a version, such as 3, not "${given}".`);
}
