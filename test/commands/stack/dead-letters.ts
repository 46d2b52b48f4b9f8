/** The body of a dead letter: an event of a customer. */

export const body = (customerId: string) =>
  JSON.stringify({ "detail-type": "order.placed", time: "2026-01-05T08:00:00Z", detail: { customerId } });
