/** All that the tests let the functions live through. The order matters: each part goes on from what the parts before stored. */
import type { DeployedFunctions } from "./deployed-functions.ts";
import { Life } from "./life.ts";
import { Others } from "./others.ts";
import type { Sheet } from "./sheet.ts";

export async function wholeLife(functions: DeployedFunctions, sheet: Sheet): Promise<void> {
  const [life, others] = [new Life(functions, sheet), new Others(functions, sheet)];
  await life.publish();
  await life.enter();
  await life.walk();
  await others.queue();
  await life.report();
  await life.leave();
  await life.erase();
  await others.drawLots();
  await others.fail();
  await others.stop();
  await others.edit();
  await others.close();
  await others.run();
}
