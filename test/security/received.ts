/** A delivery from the bus, as the trigger-matcher takes it, on a stack with one journey. */
import { receiveEvent } from "../../lambdas/app/receive/receive-event.ts";
import type { Problem } from "../../lambdas/domain/documents/problem.ts";
import { World } from "../app/world.ts";
import { lasting } from "../behaviour/scenario-of.ts";

export async function received(delivery: string): Promise<{ world: World; problems: readonly Problem[] }> {
  const world = new World();
  await world.publish(lasting());
  const problems: Problem[] = [];
  const put = async (_: string, found: readonly Problem[]) => void problems.push(...found);
  await receiveEvent(delivery, {}, { ...world.ports, inbox: world.inbox, deadLetters: { put } });
  await world.run();
  return { world, problems };
}
