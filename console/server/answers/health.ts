/** What `journeys doctor` says. */
import { observe } from "../../../cli/doctor/observe.ts";
import type { Finding } from "../../../insight/health/finding.ts";
import { findingsOf } from "../../../insight/health/findings.ts";
import type { Place } from "../../place/place.ts";

export async function healthAnswer({ name, stack }: Place): Promise<readonly Finding[]> {
  return findingsOf(await observe(name, stack));
}
