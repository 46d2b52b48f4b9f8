/** `npm run local`: the real stack on an emulator on this machine, with the examples' journeys live, until Ctrl-C. */

import { once } from "node:events";
import { globSync, readFileSync } from "node:fs";
import { DeployedStack } from "../cli/deployed/stack.ts";
import { deploy } from "../local/deploy.ts";
import { startEngine } from "../local/engine.ts";
import { allowSender } from "../local/mailbox.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);
const documents = (pattern: string) =>
  globSync(pattern, { cwd: new URL("..", import.meta.url).pathname })
    .sort()
    .map((file) => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), "utf8")) as Record<string, unknown>);

const engine = await startEngine(say);
try {
  const outputs = await deploy(engine, {
    say,
    context: { removalPolicy: "destroy", from: "Shop <hello@shop.example>" },
  });
  for (const domain of ["shop.example", "app.example", "school.example"]) await allowSender(engine, domain);
  const stack = new DeployedStack(outputs, engine.client);
  for (const template of documents("examples/*/*.template.json")) await stack.put("TemplatesTableName", template);
  for (const journey of documents("examples/*/{journey,*.journey}.json")) {
    const { state, version } = await stack.save(journey);
    say(`  ${journey.id}: ${state}, version ${version}`);
  }
  say("\nFor your own app, in another terminal:\n");
  for (const name of ["AWS_ENDPOINT_URL", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
    say(`  export ${name}=${engine.environment[name]}`);
  say(
    `\n${Object.entries(outputs)
      .map(([name, value]) => `  ${name}: ${value}`)
      .join("\n")}\n\nCtrl-C ends it.`,
  );
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
} finally {
  await engine.stop();
}
