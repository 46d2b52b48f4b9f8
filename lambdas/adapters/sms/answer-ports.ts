/** The ports for messages from customers. Only a stack that receives messages loads the clients of these ports. */
import type { AnswerPorts } from "../../app/messages/receive-message.ts";

interface Settings {
  readonly NUMBER_KEY_ARN?: string | undefined;
  readonly EVENTS_QUEUE_URL?: string | undefined;
}

export async function answerPorts({ NUMBER_KEY_ARN, EVENTS_QUEUE_URL }: Settings): Promise<AnswerPorts | undefined> {
  if (NUMBER_KEY_ARN === undefined || EVENTS_QUEUE_URL === undefined) return undefined;
  const { receiving } = await import("./receiving.ts");
  return receiving(NUMBER_KEY_ARN, EVENTS_QUEUE_URL);
}
