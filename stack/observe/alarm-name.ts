/** Alarm names: CloudFormation joins the stack name, the alarm's id in the stack and a random suffix. */

/** The alarm's id in the stack; `undefined` for an alarm of another stack, also if the stack names start the same. */
export function alarmIn(stack: string, name: string): string | undefined {
  if (!name.startsWith(`${stack}-`)) return undefined;
  return /^([A-Za-z0-9]+)-[A-Za-z0-9]+$/.exec(name.slice(stack.length + 1))?.[1];
}
