/**
 * The stack of all these tests, with both channels and their answers. The emulator reports only what a test asks for. An
 * hour takes five seconds: 24 hours do not pass while a slow machine handles an answer, and a test can wait 15 minutes.
 */
import { expect } from "vitest";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { Item } from "../../../stack/deployed/stack.ts";
import { Deaths } from "../deaths.ts";
import { type Running, running } from "../running.ts";
import { until } from "../waiting.ts";
import { type ChannelName, channels, type Sent } from "./channels.ts";

export const HOUR_IN_SECONDS = 5;
/** In the stack's scaled time. */
export const SECONDS_A_MESSAGE = 120;

export let run: Running;
/** Between the functions and the emulator. */
export const deaths = new Deaths();

/** Each part of the tests has its templates, and its journeys by their ids. */
export interface Part {
  readonly templates: readonly Item[];
  readonly journeys: Readonly<Record<string, Item>>;
}

/** The deaths of functions need Linux. */
export const linux = process.platform === "linux";

export async function openShop(parts: readonly Part[]): Promise<void> {
  if (linux) await deaths.start();
  const more = { inbound: true, rate: 1 / SECONDS_A_MESSAGE };
  const context = { sms: channels.sms.setting(more), whatsapp: channels.whatsapp.setting(more) };
  const between = linux ? { functionsEndpoint: deaths.endpoint } : {};
  run = await running({ hourInSeconds: HOUR_IN_SECONDS, context, ...between });
  deaths.target = run.engine.endpoint;
  for (const { silence } of Object.values(channels)) await silence(run.engine);
  for (const { templates } of parts)
    for (const template of templates) await run.stack.put("TemplatesTableName", { class: "marketing", ...template });
  for (const { journeys } of parts)
    for (const [id, journey] of Object.entries(journeys)) {
      const trigger = { event: `go.${id}`, entry: "always" };
      const document = { id, name: id, status: "active", trigger, ...journey };
      expect(await run.stack.save(document)).toMatchObject({ state: "published", problems: [] });
    }
  // Functions cache the journeys for five seconds.
  await new Promise((resolve) => setTimeout(resolve, 6_000));
}

export async function closeShop(): Promise<void> {
  await run?.stop();
  deaths.stop();
}

export interface Person {
  readonly customerId: string;
  readonly phone: string;
}

let people = 0;
/** A customer with a number of their own. */
export function somebody(): Person {
  const number = people++;
  return { customerId: `t-${number}.`, phone: `+1202555${String(1000 + number)}` };
}

export const go = (journey: string, { customerId, phone }: Person, changes: Item = {}) =>
  run.stack.publish(`go.${journey}`, { customerId, customer: { phone, firstName: "Ada", ...changes } });

export const sentTo = async (name: ChannelName, { phone }: Pick<Person, "phone">): Promise<readonly Sent[]> =>
  (await channels[name].sent(run.engine)).filter(({ to }) => to === phone);

export const oneTo = (name: ChannelName, who: Person): Promise<Sent> =>
  until(`a message to ${who.phone}`, async () => (await sentTo(name, who))[0], {
    instead: () => run.stack.enrollments(who.customerId),
  });

/** The customer's enrollments by journey, after so many have ended. */
export const allEnded = ({ customerId }: Person, count: number): Promise<readonly Enrollment[]> =>
  until(
    `${customerId} to complete ${count} journeys`,
    async () => {
      const enrollments = await run.stack.enrollments(customerId);
      const over = enrollments.filter(({ status }) => status === "completed");
      return over.length >= count ? enrollments.toSorted((a, b) => (a.journeyId < b.journeyId ? -1 : 1)) : undefined;
    },
    { instead: () => run.stack.enrollments(customerId) },
  );

export async function ended(who: Person): Promise<Enrollment> {
  const [enrollment] = await allEnded(who, 1);
  if (!enrollment) throw new Error("There is no enrollment.");
  return enrollment;
}

export const outcomes = ({ steps }: Enrollment) => steps.map(({ outcome }) => outcome);
