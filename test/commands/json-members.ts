/** The members of what several commands print: a funnel, a customer, an enrollment, an event, a problem. `[]` stands for each item. */

export const problem = (list: string) =>
  ["file", "path", "code", "message", "line", "column"].map((member) => `${list}[].${member}`);
export const each = (list: string, ...members: string[]) => members.map((member) => `${list}[].${member}`);
export const funnel = [
  "ok",
  "journeyId",
  "version",
  "entered",
  "active",
  "completed",
  "exited.total",
  "exited.reasons.…",
  "failed.total",
  "failed.reasons.…",
  ...each("components", "componentId", "type", "live", "entered", "here", "left.…"),
  ...each("messages", "componentId", "requested", "sent", "skipped.total", "skipped.reasons.…", "unknown"),
  "messages[].statuses.…",
  ...["delivered", "read", "clicked", "bounced", "complained"].map((rate) => `messages[].rates.${rate}`),
  ...each("goals", "goalId", "reached", "conversion"),
];
export const enrollment = [
  ..."customerId enrollmentId journeyId journeyVersion status enteredAt endedAt hops executions revision".split(" "),
  ..."countedTogether goals.…".split(" "),
  ..."eventId deliveryId name time customerRevision".split(" ").map((member) => `trigger.${member}`),
  ..."componentId visit since".split(" ").map((member) => `position.${member}`),
  ..."componentId type at leftAt until outcome decision.saw[].what decision.saw[].value"
    .split(" ")
    .map((member) => `steps[].${member}`),
  ..."messageId componentId template channel class addressHash state claimedAt attempts statuses.…"
    .split(" ")
    .map((member) => `messages[].${member}`),
  "execution.arn",
  "execution.console",
].map((member) => `enrollments[].${member}`);
export const customer = [
  "ok",
  "customerId",
  ..."customerId revision attributes.… tags[] times.… changedAt hops".split(" ").map((member) => `profile.${member}`),
];
export const event = each(
  "events",
  ..."customerId id name time wholeSecond deliveryId handledAt hops system data.… changes.…".split(" "),
);
export const status = ["ok", "journeyId", "status", "state", "version", "problems[]", "inside"];
