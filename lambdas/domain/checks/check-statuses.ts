/**
 * Checks that a rule or condition on a message's status names a status that the message's channel reports. A rule on any
 * other status would always wait until its time is over.
 */
import { type Condition, condition as schema } from "../conditions/condition.ts";
import { eachLeaf } from "../conditions/condition-tree.ts";
import { type Path, type Problem, pathText } from "../documents/problem.ts";
import { entries, items, members, valid } from "../documents/unchecked-document.ts";
import { type Channel, isChannel } from "../messages/channel.ts";
import { reportedStatuses } from "../messages/channel-traits.ts";
import type { Status } from "../messages/message-status.ts";

/** The channel of each template, as far as it is known. */
export type TemplateChannels = ReadonlyMap<string, Channel>;

export function channelsOf(templates: readonly unknown[]): TemplateChannels {
  return new Map(
    templates.map(members).flatMap(({ id, channel }) => (isChannel(channel) ? [[String(id), channel] as const] : [])),
  );
}

/** `reported`: the statuses of a channel's messages. */
export function statusProblems(
  journey: unknown,
  channels: TemplateChannels,
  reported: (channel: Channel) => readonly Status[] = reportedStatuses,
): Problem[] {
  const components = members(members(journey).components);
  const problems: Problem[] = [];

  function checkStatus(message: unknown, status: unknown, path: Path) {
    const { type, template } = members(typeof message === "string" ? components[message] : undefined);
    const channel = type === "sendTemplate" ? channels.get(String(template)) : undefined;
    if (!channel || reported(channel).some((each) => each === status)) return;
    const known = reported(channel)
      .map((each) => `"${each}"`)
      .join(", ");
    problems.push({
      path: pathText(path),
      code: "status-not-reported",
      message: `The channel "${channel}" of "${message}" never reports "${status}". It reports ${known}.`,
    });
  }

  function checkCondition(value: unknown, path: Path) {
    const condition: Condition | undefined = value === undefined ? undefined : valid(schema, value);
    if (condition)
      eachLeaf(condition, (leaf, below) => {
        if ("message" in leaf) checkStatus(leaf.message, leaf.status, [...path, ...below, "status"]);
      });
  }

  for (const [id, raw] of entries(components)) {
    const { type, message, status, branches } = members(raw);
    if (type === "messageStatusRule" && typeof status === "string")
      checkStatus(message, status, ["components", id, "status"]);
    for (const [index, branch] of items(branches))
      for (const name of ["when", "where"])
        checkCondition(members(branch)[name], ["components", id, "branches", index, name]);
  }
  return problems;
}
