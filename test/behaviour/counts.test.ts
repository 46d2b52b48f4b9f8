/** Journey format §3: the data of an enrollment and the counts of a journey. */
import { describe, expect, test } from "vitest";
import { ann, event, journey, on, start, status, tell } from "./scenario-of.ts";

const document = journey({
  trigger: { event: "start", key: "event.cart", entry: "always", includeUnsubscribed: true },
  exit: [{ id: "left", event: "leave" }],
  goals: [{ id: "bought", event: "order" }],
  components: {
    mail: { type: "sendTemplate", template: "hello", next: "read" },
    read: { type: "messageStatusRule", message: "mail", status: "read", within: "P1D", met: "rest", notMet: "tag" },
    rest: { type: "wait", for: "P1D", next: "tag" },
    tag: { type: "addTag", tags: ["x"] },
  },
});
const customer = (n: number, more: object = {}) => ({ customerId: `c-${n}`, email: `c${n}@shop.example`, ...more });

describe("a journey has counts", () => {
  test("of entries, ends, goals, components and their outlets, and messages", async () => {
    const { store } = await tell({
      journeys: [document],
      customers: [customer(1), customer(2), customer(3), customer(4, { unsubscribed: true }), customer(5)],
      events: [
        ...[1, 2, 3, 4].map((n) => start("01-05 10:00", { customerId: `c-${n}` })),
        start("01-09 10:00", { customerId: "c-5" }),
        event("01-06 11:00", "leave", { customerId: "c-1" }),
        event("01-06 11:00", "order", { customerId: "c-1" }),
        event("01-20 11:00", "order", { customerId: "c-2" }),
      ],
      statuses: [
        status("01-05 11:00", "mail", "clicked", "c-1"),
        status("01-05 11:00", "mail", "delivered", "c-2"),
        status("01-05 11:00", "mail", "complained", "c-2"),
        status("01-05 11:00", "mail", "bounced", "c-3"),
      ],
      until: on("01-09 11:00"),
    });
    expect(store.counts.get("j")).toMatchObject({
      entered: 5,
      active: 1,
      completed: 3,
      exited: 1,
      "exited.left": 1,
      "goal.bought": 1,
      "component.mail.entered": 5,
      "component.mail.left.done": 4,
      "component.mail.left.skipped": 1,
      "component.read.entered": 5,
      "component.read.left.met": 1,
      "component.read.left.notMet": 3,
      "component.rest.entered": 1,
      "component.tag.entered": 3,
      "message.mail.sent": 4,
      "message.mail.skipped.unsubscribed": 1,
      "message.mail.delivered": 2,
      "message.mail.read": 1,
      "message.mail.clicked": 1,
      "message.mail.bounced": 1,
      "message.mail.complained": 1,
    });
  });
});

describe("an enrollment records its whole passage", () => {
  test("while it is active", async () => {
    const { store } = await tell({
      journeys: [document],
      events: [start("01-05 10:00", { data: { cart: "k" } })],
      until: on("01-05 12:00"),
    });
    const [enrollment] = await store.enrollments(ann.customerId);
    expect(enrollment).toMatchObject({
      journeyId: "j",
      journeyVersion: 1,
      customerId: "c-1",
      enrollmentId: expect.any(String),
      key: "k",
      status: "active",
      enteredAt: on("01-05 10:00"),
      position: { componentId: "read" },
      steps: [
        { componentId: "mail", at: on("01-05 10:00"), outcome: "done" },
        { componentId: "read", at: on("01-05 10:00"), outcome: "waiting", until: on("01-06 10:00") },
      ],
    });
    expect(enrollment).not.toHaveProperty("endedAt");
  });

  test("after its end: when, why and where", async () => {
    const { store } = await tell({ journeys: [document], events: [start(), event("01-05 11:00", "leave")] });
    const [enrollment] = await store.enrollments(ann.customerId);
    expect(enrollment).toMatchObject({
      status: "exited",
      reason: "left",
      endedAt: on("01-05 11:00"),
      position: { componentId: "read" },
      steps: [{ outcome: "done" }, { outcome: "exited", leftAt: on("01-05 11:00") }],
    });
  });
});
