/** Checks two rules of triggers that a schema cannot express: a trigger starts in only one way, and its times exist. */
import { type Problem, pathText } from "../documents/problem.ts";
import { members } from "../documents/unchecked-document.ts";
import { readCron } from "../schedule/local-occurrences.ts";

const starts = ["event", "schedule", "date"] as const;

export function triggerProblems(input: unknown): Problem[] {
  const trigger = members(members(input).trigger);
  const problems: Problem[] = [];
  const add = (path: readonly string[], code: string, message: string) =>
    problems.push({ path: pathText(["trigger", ...path]), code, message });

  const given = starts.filter((start) => trigger[start] !== undefined);
  for (const start of given.slice(1))
    add(
      [start],
      "several-starts",
      `A trigger has one of event, schedule and date, and this one has ${given.join(" and ")}. Keep one.`,
    );

  const { cron } = members(trigger.schedule);
  if (typeof cron === "string" && cron.split(" ").length === 5) {
    const read = readCron(cron);
    if (typeof read === "string")
      add(
        ["schedule", "cron"],
        "bad-cron",
        `${JSON.stringify(cron)} is not a cron expression: ${read}. Write minute, hour, day of the month, month and weekday, such as 0 9 * * mon.`,
      );
  }

  const { field } = members(trigger.date);
  if (typeof field === "string" && /^(event|enrollment)\b/.test(field))
    add(
      ["date", "field"],
      "event-not-known",
      `No event lets customers in here, so "${field}" has no value. Name a field of the customer, such as customer.birthday.`,
    );
  return problems;
}
