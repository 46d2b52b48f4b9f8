/** The journey that costs are compared on: send, wait a day, message status rule, branch, send, wait three days, add a tag, end. */
export const journey = {
  id: "reference",
  name: "The reference workload",
  status: "active",
  trigger: { event: "order.placed", entry: "always" },
  start: "send-first",
  components: {
    "send-first": { type: "sendTemplate", template: "first", next: "wait-1d" },
    "wait-1d": { type: "wait", for: "P1D", next: "was-read" },
    "was-read": {
      type: "messageStatusRule",
      message: "send-first",
      status: "read",
      within: "P1D",
      met: "branch",
      notMet: "branch",
    },
    branch: {
      type: "condition",
      branches: [{ when: { field: "customer.country", operator: "equals", value: "DE" }, next: "send-second" }],
      otherwise: "send-second",
    },
    "send-second": { type: "sendTemplate", template: "second", next: "wait-3d" },
    "wait-3d": { type: "wait", for: "P3D", next: "tag" },
    tag: { type: "addTag", tags: ["welcomed"] },
  },
};

const template = (id: string) => ({
  id,
  channel: "email",
  class: "marketing",
  subject: "Hello {{ customer.firstName }}",
  html: '<p>Hello</p><p><a href="{{ unsubscribeUrl }}">Unsubscribe</a></p>',
});

export const templates = [template("first"), template("second")];

/**
 * The given number of customers enter over one day, with one event each. With `reported`, SES reports that both messages
 * were delivered. Without, the scenario shows the cost of the journey alone.
 */
export function workload(customers: number, { reported = false } = {}): object {
  const start = Date.UTC(2026, 0, 5, 9);
  const people = Array.from({ length: customers }, (_, n) => ({
    customerId: `c-${String(n).padStart(8, "0")}`,
    at: new Date(start + n * Math.max(1, Math.floor(86_400_000 / customers))).toISOString(),
  }));
  const later = (at: string, milliseconds: number) => new Date(Date.parse(at) + milliseconds).toISOString();
  const days = (n: number) => n * 86_400_000;
  return {
    journeys: [journey],
    templates,
    customers: people.map(({ customerId }) => ({
      customerId,
      email: `${customerId}@mail.example`,
      firstName: "Ada",
      country: "DE",
    })),
    events: people.map(({ customerId, at }) => ({
      at,
      id: `order-${customerId}`,
      event: "order.placed",
      customerId,
      data: { total: 59, currency: "EUR", items: 2 },
    })),
    statuses: reported
      ? people.flatMap(({ customerId, at }) => [
          { at: later(at, 1000), customerId, message: "send-first", status: "delivered" },
          { at: later(at, days(2) + 1000), customerId, message: "send-second", status: "delivered" },
        ])
      : [],
    until: later(people.at(-1)?.at ?? "", days(30)),
  };
}
