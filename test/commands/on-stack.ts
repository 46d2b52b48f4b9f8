/** Runs commands on a stack in memory, where time passes only while a command waits. */
import { toMilliseconds } from "../../lambdas/domain/time/time.ts";
import type { Around, Ran } from "../cli/running.ts";
import { noTerminal, ran } from "../cli/running.ts";
import type { MemoryStack } from "./memory-stack/stack.ts";

export type Files = Readonly<Record<string, unknown>>;

/** The name of the stack is Shop. */
export function around(stack: MemoryStack, ask: Around["ask"] = noTerminal): Around {
  return {
    ask,
    connect: async (name) => {
      stack.did.push(`connect to ${name}`);
      return stack;
    },
    now: () => toMilliseconds(stack.world.clock.now()),
    sleep: (milliseconds) => stack.pass(milliseconds),
  };
}

/** The output and the actions of a command, without connecting. */
export async function command(
  stack: MemoryStack,
  args: readonly string[],
  files: Files = {},
  ask?: Around["ask"],
): Promise<Ran & { readonly did: readonly string[] }> {
  stack.did.length = 0;
  const result = await ran([...args, "--stack", "Shop"], files, around(stack, ask));
  return { ...result, did: stack.did.filter((each) => each !== "connect to Shop") };
}

/** The same with `--json`: standard output must contain nothing else. */
export async function answer(stack: MemoryStack, args: readonly string[], files: Files = {}) {
  const result = await command(stack, [...args, "--json"], files);
  return { ...result, json: JSON.parse(result.out) };
}

/** Members whose own members are named by the journey or the customer. */
const open = new Set("reasons left goals statuses attributes times data changes counts at".split(" "));

/** The paths of all values in a document, each once, sorted; `[]` stands for the items of a list, `…` for any name. */
export function shapeOf(value: unknown): string[] {
  return [...new Set(pathsIn(value, ""))].sort();
}

function pathsIn(value: unknown, path: string): string[] {
  if (Array.isArray(value))
    return value.length === 0 ? [`${path}[]`] : value.flatMap((item) => pathsIn(item, `${path}[]`));
  if (typeof value !== "object" || value === null) return [path];
  if (open.has(path.slice(path.lastIndexOf(".") + 1))) return [`${path}.…`];
  return Object.entries(value).flatMap(([name, member]) => pathsIn(member, path === "" ? name : `${path}.${name}`));
}
