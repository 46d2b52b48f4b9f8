/** A world with some journeys and the usual customer. */
import { World } from "../world.ts";

export async function worldWith(...documents: readonly Readonly<Record<string, unknown>>[]): Promise<World> {
  const world = new World();
  for (const document of documents) await world.publish(document);
  return world;
}
