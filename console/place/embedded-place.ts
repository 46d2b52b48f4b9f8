/**
 * The place of a console without a stack: the playground. The playground may always write, because nothing leaves the
 * process.
 */

import type { Example } from "../engine/examples.ts";
import { Playground } from "../engine/playground.ts";
import { Mails } from "./mails.ts";
import type { Place, Playing } from "./place.ts";

export async function embeddedPlace(examples: readonly Example[]): Promise<Place> {
  let now = await Playground.start(examples);
  let world = 1;
  const playground: Playing = {
    get now() {
      return now;
    },
    get world() {
      return world;
    },
    async reset() {
      now = await Playground.start(examples);
      world++;
    },
  };
  return {
    name: "embedded",
    write: true,
    get stack() {
      return now.stack;
    },
    playground,
    mails: new Mails(),
  };
}
