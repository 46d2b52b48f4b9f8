/** Stops a journey with very many customers inside, on the emulator: for a bench and for a test of the deployed stack. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { Engine } from "../../local/engine.ts";
import type { DeployedStack } from "../../stack/deployed/stack.ts";
import { until } from "../../stack/deployed/until.ts";
import type { Filling } from "./fill.ts";

const run = promisify(execFile);

export const crowded = {
  id: "crowded",
  name: "Crowded",
  status: "active",
  trigger: { event: "crowd.enters" },
  start: "rest",
  components: {
    rest: {
      type: "waitFor",
      branches: [{ id: "on", event: "crowd.goes.on", next: "mail" }],
      within: "P30D",
      otherwise: "mail",
    },
    mail: { type: "sendTemplate", template: "crowd" },
  },
} as const;
const template = { id: "crowd", channel: "email", class: "transactional", subject: "Hello", text: "Hello" };

/** Longer than a function may use an older view of a journey. */
const UNTIL_KNOWN_SECONDS = 6;
const MOST_SECONDS = 900;

export interface Crowd {
  readonly engine: Engine;
  readonly stack: DeployedStack;
  readonly people: number;
  /** So many of the customers have an execution, and go on to their mail when they are told to. */
  readonly executions: number;
}

/** The journey is live, and the customers are inside and wait. */
export async function fill({ engine, stack, people, executions }: Crowd): Promise<void> {
  await stack.put("TemplatesTableName", template);
  await stack.save(crowded);
  await sleep(UNTIL_KNOWN_SECONDS * 1000);
  const filling: Filling = { event: crowded.trigger.event, people, executions, outputs: stack.outputs };
  await run(process.execPath, [join(import.meta.dirname, "fill.ts"), JSON.stringify(filling)], {
    env: engine.environment,
  });
  await until("everybody to be inside", async () => (await stack.counts(crowded.id)).active === people, MOST_SECONDS);
  const walked = `crowd-${executions - 1}`;
  const hasToken = async () => (await stack.enrollments(walked))[0]?.position.waiting?.token !== undefined;
  await until("the last execution to wait", hasToken, MOST_SECONDS);
}

/** Saves the stop. When this returns, every call that begins from now on sees it. */
export async function stop({ stack }: Crowd): Promise<void> {
  await stack.save({ ...crowded, status: "stopped" });
  await sleep(UNTIL_KNOWN_SECONDS * 1000);
}

/** Tells the customers who have an execution to go on to their mail. */
export async function goOn({ stack, executions }: Crowd): Promise<void> {
  for (let n = 0; n < executions; n++)
    await stack.publish(crowded.components.rest.branches[0].event, { customerId: `crowd-${n}`, id: `on-${n}` });
}

/** The number of customers inside. */
export const inside = async ({ stack }: Crowd) => (await stack.counts(crowded.id)).active ?? 0;

export const untilEmpty = (crowd: Crowd) =>
  until("everybody to have exited", async () => (await inside(crowd)) === 0, MOST_SECONDS);
