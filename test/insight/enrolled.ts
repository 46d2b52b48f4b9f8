/** An enrollment in the journey of `running.ts`, which its customer left by an exit rule. */
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";

type Parts = { readonly [M in keyof Enrollment]?: Enrollment[M] | undefined };

export function enrollment(parts: Parts = {}): Enrollment {
  const whole = {
    enrollmentId: "e-1",
    customerId: "c-1",
    journeyId: "greeting",
    journeyVersion: 1,
    status: "exited",
    reason: "gone",
    enteredAt: "2026-01-05T09:00:00.000Z",
    endedAt: "2026-01-05T12:00:00.000Z",
    trigger: {
      eventId: "evt-1",
      deliveryId: "d-1",
      name: "go",
      time: "2026-01-05T09:00:00.000Z",
      customerRevision: 1,
    },
    position: { componentId: "read", visit: 1, since: "2026-01-05T09:00:00.000Z" },
    steps: [
      {
        componentId: "greet",
        type: "sendTemplate",
        at: "2026-01-05T09:00:00.000Z",
        leftAt: "2026-01-05T09:00:00.000Z",
        outcome: "done",
      },
      {
        componentId: "read",
        type: "messageStatusRule",
        at: "2026-01-05T09:00:00.000Z",
        until: "2026-01-06T09:00:00.000Z",
        leftAt: "2026-01-05T12:00:00.000Z",
        outcome: "exited",
      },
    ],
    messages: [
      {
        messageId: "e-1-0",
        componentId: "greet",
        template: "hello",
        channel: "email",
        state: "sent",
        claimedAt: "2026-01-05T09:00:00.000Z",
        attempts: 1,
        statuses: { delivered: "2026-01-05T09:00:01.000Z" },
      },
    ],
    goals: { sale: "2026-01-05T12:00:00.000Z" },
    hops: 0,
    executions: 1,
    revision: 4,
    ...parts,
  };
  return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined)) as unknown as Enrollment;
}
