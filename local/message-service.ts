/** What tests ask the services of text messages and of WhatsApp in an engine for. `local/patches/message_service.py` answers. */
import * as z from "zod/mini";
import type { Engine } from "./engine.ts";

/** What messages of both services have. */
export const sentMessage = { messageId: z.string(), account: z.string(), sentAt: z.string(), to: z.string() };
type Sent = { readonly [Member in keyof typeof sentMessage]: string };

/** `path`: the name of the service in the addresses of the engine. */
export function messageService<Message extends Sent>(path: string, message: z.ZodMiniType<Message>) {
  async function ask({ endpoint }: Engine, what: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${endpoint}/_local/${path}/${what}`, {
      method: "POST",
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}/${what} was answered with ${response.status}.`);
    return response.json();
  }

  return {
    ask,

    /** The messages in the order in which they were sent. */
    async sent({ endpoint, account }: Engine): Promise<readonly Message[]> {
      const response = await fetch(`${endpoint}/_local/${path}`);
      return z
        .array(message)
        .parse(await response.json())
        .filter((each) => each.account === account);
    },

    /** Makes the service send a report of this kind. */
    async report(engine: Engine, { messageId }: Pick<Sent, "messageId">, kind: string): Promise<void> {
      await ask(engine, `${messageId}/${kind}`);
    },

    /** From now on the service reports only what `report` asks for. */
    async silence(engine: Engine): Promise<void> {
      await ask(engine, "reports/off");
    },

    /** The service throttles the next messages. Returns the number of throttles that were left from the last call. */
    async throttle(engine: Engine, count: number): Promise<number> {
      return z.object({ left: z.number() }).parse(await ask(engine, `throttles/${count}`)).left;
    },
  };
}
