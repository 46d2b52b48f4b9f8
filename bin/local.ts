/**
 * `npm run local`: deploys the real stack to an emulator on this machine, plays every example on it and compares the
 * result for each customer with the simulator's. With `-- --keep`, the examples' journeys stay live for your own app.
 */
import { once } from "node:events";
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { loadScenario } from "../cli/files/load-scenario.ts";
import { processIo } from "../cli/process-io.ts";
import { safeIo } from "../cli/terminal/safe-io.ts";
import { deploy } from "../local/deploy.ts";
import { type Engine, startEngine } from "../local/engine.ts";
import { exportLines } from "../local/environment.ts";
import { allowSender } from "../local/mailbox.ts";
import { deployedOutcome, type Outcome, renamed, simulatedOutcome } from "../local/outcome.ts";
import { play } from "../local/play.ts";
import { putSegments } from "../local/put-segments.ts";
import { textSetting } from "../local/texts.ts";
import { whatsappSetting } from "../local/whatsapp.ts";
import { DeployedStack } from "../stack/deployed/stack.ts";

const USAGE = `npm run local                                    plays every example on the deployed stack
npm run local -- --keep                          leaves the examples' journeys live, until Ctrl-C
npm run local -- --keep --day-in-seconds 24      the same, where a wait of a day takes 24 seconds
npm run local -- --keep --empty                  the same without the examples' journeys`;

const io = safeIo(processIo());
const root = fileURLToPath(new URL("..", import.meta.url));
const documents = (pattern: string) =>
  globSync(pattern, { cwd: root })
    .sort()
    .map((file) => JSON.parse(readFileSync(`${root}/${file}`, "utf8")) as Record<string, unknown>);

const options = settings();
if (options === undefined) {
  io.err(USAGE);
  process.exitCode = 2;
} else {
  const engine = await startEngine(io.out);
  try {
    const { timeScale } = options;
    const from = "Shop <hello@shop.example>";
    const context = {
      removalPolicy: "destroy",
      from,
      sms: textSetting({ inbound: true }),
      whatsapp: whatsappSetting(),
      ...(timeScale && { timeScale }),
    };
    const outputs = await deploy(engine, { say: io.out, context });
    const stack = new DeployedStack(outputs, engine.client);
    if (options.keep) await keep(engine, stack, options);
    else process.exitCode = (await playAll(engine, stack)) ? 0 : 1;
  } finally {
    await engine.stop();
  }
}

interface Settings {
  readonly keep: boolean;
  readonly empty: boolean;
  readonly timeScale?: string;
}

function settings(): Settings | undefined {
  try {
    const { values } = parseArgs({
      options: { keep: { type: "boolean" }, empty: { type: "boolean" }, "day-in-seconds": { type: "string" } },
    });
    const { keep = false, empty = false, "day-in-seconds": day } = values;
    if (empty && !keep) return undefined;
    if (day === undefined) return { keep, empty };
    if (!keep || !(Number(day) > 0)) return undefined;
    const now = new Date().toISOString();
    return { keep, empty, timeScale: JSON.stringify({ factor: 86_400 / Number(day), real: now, virtual: now }) };
  } catch {
    return undefined;
  }
}

/** Whether the stack's decisions equal the simulator's in every example. */
async function playAll(engine: Engine, stack: DeployedStack): Promise<boolean> {
  let fine = true;
  io.out("\nEach example runs at its own times. The clock moves on when the stack has nothing left to do.\n");
  for (const path of globSync("examples/*/scenario.json", { cwd: root }).sort()) {
    const name = path.split(/[\\/]/)[1] as string;
    const loaded = loadScenario(`${root}/${path}`, io);
    if ("problems" in loaded) throw new Error(`${path}: ${loaded.problems.map(({ message }) => message).join(" ")}`);
    const scenario = renamed(loaded.scenario, name);
    const began = performance.now();
    const outcome = await play(scenario, stack, engine, () => deployedOutcome(scenario, stack, engine));
    const same = isDeepStrictEqual(plain(outcome), plain(await simulatedOutcome(scenario)));
    fine &&= same;
    const verdict = same ? io.style("green", "✓ as simulated") : io.style("red", "✗ differs from the simulator");
    const seconds = ((performance.now() - began) / 1000).toFixed(0).padStart(3);
    io.out(`  ${name.padEnd(20)} ${summaryOf(outcome).padEnd(66)} ${seconds} s  ${verdict}`);
  }
  const how = "`npm run test:deployed -- examples` shows the differences.";
  io.out(fine ? "\nAll examples ended as their scenarios say." : `\n${how}`);
  return fine;
}

function summaryOf({ counts, mails }: Outcome): string {
  const sum = (name: string) => Object.values(counts).reduce((total, each) => total + (each[name] ?? 0), 0);
  const received = Object.values(mails).reduce((total, box) => total + box.length, 0);
  const ends = ["completed", "exited", "active", "failed"].map((name) => (sum(name) ? `, ${sum(name)} ${name}` : ""));
  return `${sum("entered")} entered${ends.join("")}; ${received} messages`;
}

/** The value after a round trip through JSON, which drops `undefined`. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** On a stack with scaled time, an event with a time of the real clock would lie in the stack's past. */
function clockText(timeScale: string | undefined): string {
  if (timeScale === undefined) return "\nThe clock of the stack is the clock of this machine.";
  const { factor } = JSON.parse(timeScale) as { factor: number };
  return `
The clock of the stack started now, at the real time, and runs ${factor} times as fast: one day takes ${86_400 / factor} seconds.
Publish events without "time": the stack then uses its own clock. A time of the real clock is in the stack's past.`;
}

async function keep(engine: Engine, stack: DeployedStack, { empty, timeScale }: Settings): Promise<void> {
  for (const domain of ["shop.example", "app.example", "school.example"]) await allowSender(engine, domain);
  const examples = (pattern: string) => (empty ? [] : documents(pattern));
  await putSegments(examples("examples/*/*.segment.json"), stack);
  // A template is refused until what it uses is live.
  for (const kind of ["partial", "layout"])
    for (const text of examples(`examples/*/*.${kind}.json`)) {
      await stack.put("TemplatesTableName", text);
      await stack.templateOutcome(String(text.id));
    }
  for (const template of examples("examples/*/*.template.json")) await stack.put("TemplatesTableName", template);
  for (const journey of examples("examples/*/{journey,*.journey}.json")) {
    const { state, version } = await stack.save(journey);
    io.out(`  ${journey.id}: ${state}, version ${version}`);
  }
  io.out("\nFor your own app, in another terminal:\n");
  for (const line of exportLines(engine.environment)) io.out(line);
  io.out(`export EVENT_BUS_NAME=${stack.output("EventBusName")}`);
  io.out(clockText(timeScale));
  const outputs = Object.entries(stack.outputs).map(([name, value]) => `  ${name}: ${value}`);
  io.out(
    `\n${outputs.join("\n")}\n\nMails, for a browser: ${engine.endpoint}/_local/mail\nText messages, as JSON: ${engine.endpoint}/_local/texts\nWhatsApp messages, as JSON: ${engine.endpoint}/_local/whatsapp\n\nPress Ctrl-C to stop the emulator.`,
  );
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
}
