/** The names of the events that only the system publishes or handles. */

/** What only the system publishes: nothing a journey could start from or emit. */
export const systemEvents: ReadonlySet<string> = new Set([
  "customer.changed",
  "customer.deleted",
  "message.status",
  "journey.entered",
  "journey.completed",
  "journey.exited",
  "journey.failed",
  "goal.reached",
  "message.sent",
  "message.skipped",
  "message.requested",
]);
