/**
 * Hostile names through every command: in its arguments, in the files that it reads, and in the stack. No control
 * character of a name may reach the terminal. Each name is new, so that no command depends on a known one.
 */
import { controls, raw, sequences } from "../cli/hostile.ts";
import { hostileShop, lines, runLine } from "../commands/hostile-shop.ts";
import type { Fuzzed } from "./fuzz.ts";
import { Lots } from "./lots.ts";

/** How many names one shop has. Every command gets a shop of its own, because some commands change it. */
export const NAMES_IN_A_SHOP = 1_000;

export async function fuzzNames(seed: number, count: number, commands = Object.keys(lines)): Promise<Fuzzed> {
  const counted = { accepted: 0, refused: 0 };
  const failures: string[] = [];
  const lots = new Lots(seed);
  for (let drawn = 0; drawn < count; drawn += NAMES_IN_A_SHOP) {
    const [name = "", ...more] = Array.from({ length: Math.min(NAMES_IN_A_SHOP, count - drawn) }, () => hostile(lots));
    for (const each of commands)
      for (const line of lines[each] ?? []) {
        const place = await hostileShop(name, more);
        const { exitCode, out, err } = await runLine(place, [each, ...line], name + more.join(""));
        counted[exitCode === 0 ? "accepted" : "refused"]++;
        const found = raw.exec(out + err);
        if (found) failures.push(`names of seed ${seed}: ${JSON.stringify([each, line, found[0]])}`);
      }
  }
  const megabytes = Math.ceil(process.resourceUsage().maxRSS / 1000);
  return { documents: { "lines of commands": counted }, failures: failures.slice(0, 20), megabytes };
}

/** A name of up to seven parts, most of them hostile. */
function hostile(lots: Lots): string {
  const part = () => (lots.below(2) === 0 ? lots.of(sequences) : `${lots.of(controls)}${lots.below(1_000_000)}`);
  return Array.from({ length: 1 + lots.below(7) }, part).join("");
}
