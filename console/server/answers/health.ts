/**
 * The findings of `journeys doctor`. The commands in them name the stack, because a person copies them into a terminal.
 */
import type { Finding } from "../../../insight/health/finding.ts";
import { findingsOf } from "../../../insight/health/findings.ts";
import { observe } from "../../../stack/observe/observe.ts";
import type { Place } from "../../place/place.ts";

export async function healthAnswer({ name, stack }: Place): Promise<readonly Finding[]> {
  const findings = findingsOf(await observe(name, stack));
  return findings.map(({ remedies, ...finding }) => ({
    ...finding,
    ...(remedies && { remedies: remedies.map((each) => ({ ...each, command: `${each.command} --stack ${name}` })) }),
  }));
}
