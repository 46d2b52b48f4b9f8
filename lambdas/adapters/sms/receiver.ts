/** What handles the messages from customers. Only a stack that receives some loads it, with the clients that it needs. */
import type { InboundMessage } from "../../app/messages/receive-message.ts";
import type { ReportPorts } from "../../app/messages/record-message-status.ts";

interface Settings {
  readonly NUMBER_KEY_ARN?: string | undefined;
  readonly EVENTS_QUEUE_URL?: string | undefined;
}

export async function receiver(
  { NUMBER_KEY_ARN, EVENTS_QUEUE_URL }: Settings,
  ports: ReportPorts,
): Promise<(message: InboundMessage) => Promise<void>> {
  if (NUMBER_KEY_ARN === undefined || EVENTS_QUEUE_URL === undefined)
    return async () => {
      throw new Error("This stack receives no messages from customers. Switch `inbound` of the channel on.");
    };
  const { receiving } = await import("./receiving.ts");
  return receiving(NUMBER_KEY_ARN, EVENTS_QUEUE_URL, ports);
}
