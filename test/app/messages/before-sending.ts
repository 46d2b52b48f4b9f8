/** A customer who is about to get a message. */
import { recordMessageStatus } from "../../../lambdas/app/messages/record-message-status.ts";
import type { Mail } from "../../../lambdas/app/sending-ports.ts";
import { advanceEnrollment } from "../../../lambdas/app/walk/advance-enrollment.ts";
import type { Status } from "../../../lambdas/domain/messages/message-status.ts";
import { journey, on } from "../../behaviour/scenario-of.ts";
import { World } from "../world.ts";

/** A customer before a message of some class, and a mail service with the given answers. */
export async function before(
  template: "hello" | "receipt" | "sms",
  answers: readonly (Awaited<ReturnType<Mail["send"]>> | Error)[],
) {
  let calls = 0;
  const world = new World({
    still: true,
    send: async () => {
      const answer = answers[Math.min(calls++, answers.length - 1)] ?? { sent: true };
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  await world.publish(
    journey({
      components: { mail: { type: "sendTemplate", template, next: "tag" }, tag: { type: "addTag", tags: ["after"] } },
    }),
  );
  const ref = await world.enter();
  const advance = () => advanceEnrollment(ref, world.ports);
  const report = (status: Status, at: string) =>
    recordMessageStatus({ customerId: "c-1", messageId: `${ref.enrollmentId}-0`, status, time: on(at) }, world.ports);
  return { world, advance, report };
}

export const lost = new Error("the connection was lost");

export const sent = { sent: true } as const;

export const message = async (world: World) => (await world.only()).messages[0];

export const mail = async (world: World) =>
  (await world.only()).steps.find(({ componentId }) => componentId === "mail");
