/** What `journeys doctor` says. */

import type { Finding } from "../../../insight/health/finding.ts";
import { findingsOf } from "../../../insight/health/findings.ts";
import { observe } from "../../../stack/observe/observe.ts";
import type { Place } from "../../place/place.ts";

export async function healthAnswer({ name, stack }: Place): Promise<readonly Finding[]> {
  return findingsOf(await observe(name, stack));
}
