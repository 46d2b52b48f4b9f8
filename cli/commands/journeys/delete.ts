/**
 * `journeys delete ID`: removes a journey that no customer is in. The versions, logs and counts of the journey stay.
 */

import { count } from "../../../insight/words/count.ts";
import { deleteJourney } from "../../delete/delete-journey.ts";
import type { CliCommand } from "../../terminal/command.ts";
import { jsonOption, stackOption, withStack } from "../../terminal/on-stack.ts";

export const deleteCommand: CliCommand = {
  options: [stackOption, jsonOption],
  notes:
    "Refuses while customers are inside. An active journey is paused first, so that no customer enters meanwhile. Versions,\nlogs and counts stay: a journey that is published under the same id again continues with the next version.",
  example: "journeys delete abandoned-cart",
  run: withStack(async (stack, { operands: [id = ""], options }, io) => {
    const versions = await deleteJourney(id, stack, io);
    if (options.json === true) io.out(JSON.stringify({ ok: true, journeyId: id, versions }));
    else
      io.out(
        `${io.style("green", "✓")} ${id} is deleted. ${versions === 0 ? "It was never live" : `Its ${count(versions, "version")} and the logs of its customers stay`}.`,
      );
    return 0;
  }),
};
