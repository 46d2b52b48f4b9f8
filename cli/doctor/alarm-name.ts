/** CloudFormation names an alarm after its stack, its id within it and a suffix by chance. */

/** The alarm's id within the stack; `undefined` for an alarm of another stack, even one whose name begins alike. */
export function alarmIn(stack: string, name: string): string | undefined {
  if (!name.startsWith(`${stack}-`)) return undefined;
  return /^([A-Za-z0-9]+)-[A-Za-z0-9]+$/.exec(name.slice(stack.length + 1))?.[1];
}
