/**
 * Plays a scenario on a deployed stack at the scenario's times: saves documents in the tables, publishes events on the
 * bus, and lets SES and End User Messaging report about messages. In between, it moves the held clock to the next time at which anything is due.
 */

import { askedRun } from "../cli/runs/asked-run.ts";
import { customerItem, PROFILE } from "../lambdas/adapters/dynamodb/customer-items.ts";
import { claimOf } from "../lambdas/adapters/message-tags.ts";
import { unknownCustomer } from "../lambdas/domain/customer/customer.ts";
import { mergeChanges } from "../lambdas/domain/customer/merge-changes.ts";
import type { SystemEventName } from "../lambdas/domain/events/system-events.ts";
import { isSharedKind } from "../lambdas/domain/messages/shared-text.ts";
import { EPOCH, plus, type Time, toTime } from "../lambdas/domain/time/time.ts";
import type { JsonObject } from "../lambdas/domain/values/json.ts";
import { aimOf, type Scenario } from "../simulator/scenario.ts";
import type { DeployedStack, Item } from "../stack/deployed/stack.ts";
import { answerIn } from "./answers.ts";
import type { Engine } from "./engine.ts";
import { HeldClock } from "./held-clock.ts";
import { letFunctionsLookAgain } from "./look-again.ts";
import { allowSender, mails, type Report, report } from "./mailbox.ts";
import { putSegments } from "./put-segments.ts";
import { reportText, texts } from "./texts.ts";
import { reportWhatsapp, whatsappMessages } from "./whatsapp.ts";

/** How long a scenario is followed after its last moment, as in the simulator. */
const FOLLOWED = "P366D";

const REPORTS: Readonly<Record<string, Report>> = {
  delivered: "Delivery",
  read: "Open",
  clicked: "Click",
  bounced: "Bounce",
  complained: "Complaint",
};

const WHATSAPP_REPORTS: Readonly<Record<string, string>> = { delivered: "Delivered", read: "Read" };
const TEXT_REPORTS: Readonly<Record<string, string>> = { delivered: "TEXT_DELIVERED", failed: "TEXT_UNREACHABLE" };

type Status = NonNullable<Scenario["statuses"]>[number];
type Entry = NonNullable<Scenario["entries"]>[number];
type Deed = { readonly at: Time; readonly run: () => Promise<void> };

/**
 * Plays the scenario to its end, reads the outcome, and ends the enrollments that are still active. The stack must not
 * be used for anything else meanwhile.
 */
export async function play<T>(
  scenario: Scenario,
  stack: DeployedStack,
  engine: Engine,
  look: () => Promise<T>,
): Promise<T> {
  const deeds = deedsOf(scenario, stack, engine);
  const last = deeds.at(-1)?.at ?? EPOCH;
  const until = toTime(scenario.until) ?? plus(last, FOLLOWED);
  const clock = new HeldClock(engine, deeds[0]?.at ?? EPOCH);
  await clock.set(clock.now);
  try {
    await prepare(scenario, stack, engine, clock);
    await clock.release();
    let next = await clock.rest();
    for (let deed = deeds[0]; deed || next; deed = deeds[0]) {
      const now = earlier(deed?.at, next);
      if (now > until) break;
      await clock.set(now);
      for (; deed && deed.at === now; deed = deeds[0]) {
        deeds.shift();
        await deed.run();
        await clock.rest();
      }
      await clock.release();
      next = await clock.rest();
    }
    const seen = await look();
    await retire(scenario, stack, clock);
    return seen;
  } finally {
    await clock.letGo();
  }
}

/** The deeds of the same moment in the simulator's order: edits, events, statuses, entries. */
function deedsOf(
  { edits = [], events = [], statuses = [], entries = [] }: Scenario,
  stack: DeployedStack,
  engine: Engine,
): Deed[] {
  const at = (time: string) => toTime(time) as Time;
  const deeds: Deed[] = [
    ...edits.map(({ at: time, journey, template, segment }) => ({
      at: at(time),
      run: async () => {
        if (journey) await stack.save(journey);
        if (template ?? segment) await stack.put("TemplatesTableName", (template ?? segment) as Item);
        await letFunctionsLookAgain(engine);
      },
    })),
    ...events.map((happens) => {
      const { at: time, event, ...detail } = happens;
      const publish = () => stack.publish(event, { time, ...detail });
      return { at: at(time), run: answerIn(happens, stack, engine) ?? publish };
    }),
    ...statuses.map((status) => ({ at: at(status.at), run: () => say(status, stack, engine) })),
    ...entries.map((entry) => ({ at: at(entry.at), run: () => enter(entry, stack, engine) })),
  ];
  return deeds.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Customers come first, because creating a customer lets them enter no journey. */
async function prepare(scenario: Scenario, stack: DeployedStack, engine: Engine, clock: HeldClock): Promise<void> {
  const { templates = [], segments = [], customers = [], journeys = [] } = scenario;
  await putSegments(segments, stack);
  for (const template of templates) {
    await stack.put("TemplatesTableName", template as Item);
    // A template is refused until what it uses is live.
    if (isSharedKind(template.kind)) await stack.templateOutcome(String(template.id));
  }
  for (const { customerId, ...attributes } of customers) {
    const changed = mergeChanges(unknownCustomer(customerId), attributes as JsonObject, EPOCH, 0);
    await stack.put("CustomersTableName", customerItem({ ...changed, revision: 1 }));
  }
  await clock.rest();
  for (const journey of journeys) {
    for (const domain of sendersOf(journey)) await allowSender(engine, domain);
    const { state, problems } = await stack.save(journey as Item);
    if (state === "rejected") throw new Error(`${journey.id} was rejected: ${JSON.stringify(problems)}`);
  }
  await letFunctionsLookAgain(engine);
}

/** Ends the scenario's enrollments, so that they do not affect the next scenario. */
async function retire({ journeys = [] }: Scenario, stack: DeployedStack, clock: HeldClock): Promise<void> {
  for (const journey of journeys) await stack.save({ ...journey, status: "stopped" });
  await clock.rest();
}

function sendersOf(journey: Record<string, unknown>): string[] {
  const { from = "" } = (journey.sender ?? {}) as { from?: string };
  const [, domain] = /@([^>\s]+)/.exec(from) ?? [];
  return domain === undefined ? [] : [domain];
}

/** Reports the status of the component's newest message: by the service that has sent it, else by the app. */
async function say({ at, customerId, message, status }: Status, stack: DeployedStack, engine: Engine): Promise<void> {
  const [newest] = (await stack.enrollments(customerId))
    .flatMap(({ messages }) =>
      messages.filter(({ componentId, state }) => componentId === message && state !== "skipped"),
    )
    .sort((a, b) => (a.claimedAt < b.claimedAt ? 1 : -1));
  if (!newest) return;
  const { messageId } = newest;
  const mail = (await mails(engine)).find(({ tags }) => {
    const sent = claimOf(tags);
    return sent?.customerId === customerId && sent.messageId === messageId;
  });
  const kind = REPORTS[status];
  if (mail && kind) return report(engine, mail, kind);
  const text = (await texts(engine)).find(({ context }) => context.message === messageId);
  const textKind = TEXT_REPORTS[status];
  if (text && textKind) return reportText(engine, text, textKind);
  const phone = (await stack.customer(customerId)).find(({ sk }) => sk === PROFILE)?.attributes;
  const chat = (await whatsappMessages(engine)).findLast(({ to }) => to === (phone as JsonObject | undefined)?.phone);
  const chatKind = WHATSAPP_REPORTS[status];
  if (newest.channel === "whatsapp" && chat && chatKind) return reportWhatsapp(engine, chat, chatKind);
  await stack.publish("message.status" satisfies SystemEventName, {
    customerId,
    time: at,
    data: { messageId, status },
  });
}

/** Starts the audience run that a person asks for, as `journeys enter` does: with an environment that leads to the stack. */
async function enter(entry: Entry, stack: DeployedStack, engine: Engine): Promise<void> {
  Object.assign(process.env, engine.environment);
  const live = (await stack.pointers()).find(({ journeyId }) => journeyId === entry.journey);
  if (!live) throw new Error(`${entry.journey} is not live.`);
  const aim = aimOf(entry);
  const named = aim.kind === "customers" ? { aim: { ...aim, customerIds: [] }, named: aim.customerIds } : { aim };
  const { run, lists } = askedRun(
    { journey: { id: entry.journey }, version: live.number },
    named,
    toTime(entry.at) as Time,
  );
  await stack.startRun(run, lists);
}

function earlier(a: Time | undefined, b: Time | undefined): Time {
  if (a === undefined || b === undefined) return (a ?? b) as Time;
  return a < b ? a : b;
}
