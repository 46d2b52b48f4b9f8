/** `journeys migrate ID --to VERSION`: moves the customers inside to another version, where their log allows it. */
import type { Moved } from "../../../lambdas/app/migrate/migrate-enrollment.ts";
import { liveJourney } from "../../../stack/deployed/journey.ts";
import { UsageError } from "../../../stack/usage-error.ts";
import { answerOf, showMigration } from "../../migrate/migration-answer.ts";
import { knownBefore, renamesOf } from "../../migrate/renames.ts";
import type { CliCommand } from "../../terminal/command.ts";
import { jsonOption, onStack, stackOption } from "../../terminal/on-stack.ts";
import { versionNumber } from "../../terminal/version-number.ts";

const PROGRESS_EVERY = 1000;

export const migrateCommand: CliCommand = {
  options: [
    ["--to <version>", "the version to which the customers move, such as 4"],
    ["--map <old=new...>", "components of the old version that have another id in the new one"],
    ["--yes", "move the customers; without --yes, the command only says which customers would move"],
    stackOption,
    jsonOption,
  ],
  notes:
    "A customer moves if the new version would have led them the same way: no message is sent twice, and none is missing that\nthe new version would have sent by now. A running wait keeps its end. Each customer who stays is listed with the reason,\nand goes on in the old version. The command may be interrupted and repeated. Exit code 1 when a customer could not be\nread or stored.",
  example: "journeys migrate abandoned-cart --to 4 --map remind=reminder --yes",
  run: ({ operands: [id = ""], options, lists }, io) => {
    if (options.to === undefined)
      throw new UsageError("Add --to VERSION. journeys show ID says which version is live.");
    const version = versionNumber("--to", options.to);
    const dryRun = options.yes !== true;
    return onStack({ options }, io, async (stack) => {
      const live = await liveJourney(id, stack);
      const journey = await stack.ports.journeys.version(id, version);
      if (!journey)
        throw new UsageError(`The journey "${id}" has no version ${version}. Version ${live.version} is live.`);
      const renames = renamesOf(lists.map ?? [], version, journey);
      const newest = (await stack.ports.journeys.newest(id))?.version ?? live.version;
      await knownBefore(renames, { id, version, newest }, stack.ports.journeys);
      const { migrateInside } = await import("../../../lambdas/app/migrate/migrate-inside.ts");
      const told: Moved[] = [];
      const tell = (moved: Moved) => {
        if (told.push(moved) % PROGRESS_EVERY === 0) io.err(`${told.length} customers so far…`);
      };
      const result = await migrateInside(id, { to: { version, journey }, renames, dryRun }, stack.ports, tell);
      const answer = answerOf({ journeyId: id, version, dryRun }, told, result);
      if (options.json === true) io.out(JSON.stringify(answer));
      else showMigration(answer, io);
      return answer.ok ? 0 : 1;
    });
  },
};
