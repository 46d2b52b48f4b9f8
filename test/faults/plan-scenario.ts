/** Puts the journeys, templates and customers of a scenario into a world, and plans its events, edits and reports. */

import { ThrottledError } from "../../lambdas/app/errors.ts";
import { unsubscribe } from "../../lambdas/app/messages/unsubscribe.ts";
import type { MovePorts } from "../../lambdas/app/migrate/migrate-enrollment.ts";
import { migrateInside } from "../../lambdas/app/migrate/migrate-inside.ts";
import { publishJourney } from "../../lambdas/app/publish/publish-journey.ts";
import { unknownCustomer } from "../../lambdas/domain/customer/customer.ts";
import { mergeChanges } from "../../lambdas/domain/customer/merge-changes.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { EPOCH, type Time, toTime } from "../../lambdas/domain/time/time.ts";
import type { JsonObject } from "../../lambdas/domain/values/json.ts";
import type { FaultWorld } from "./world.ts";

export async function planScenario(world: FaultWorld): Promise<void> {
  const {
    journeys = [],
    templates = [],
    customers = [],
    events = [],
    statuses = [],
    edits = [],
    entries = [],
  } = world.life.scenario;
  for (const document of templates) world.putTemplate(document);
  for (const document of journeys) await adopt(world, document as unknown as Journey);
  for (const { customerId, ...attributes } of customers) {
    const unknown = unknownCustomer(customerId as string);
    world.store.seed({ ...mergeChanges(unknown, attributes as JsonObject, EPOCH, 0), revision: 1 });
  }
  const plan = (at: string, run: () => void) => world.scheduler.at(toTime(at) as Time, run);
  for (const { at, journey, template } of edits)
    plan(at, () =>
      journey
        ? world.deliveries.deliver("stream", (ports) => publishJourney(String(journey.id), journey, ports))
        : world.putTemplate(template),
    );
  for (const entry of entries) plan(entry.at, () => world.runs.ask(entry));
  for (const { at, nth } of world.life.cancels ?? []) plan(at, () => world.runs.cancel(nth));
  for (const { at, event, ...detail } of events)
    plan(at, () => world.bring("app", event, toTime(at) as Time, detail as JsonObject));
  for (const { at, customerId, message, status } of statuses)
    plan(at, () => {
      const sent = world.ledger.sent.findLast(
        ({ claim }) => claim.componentId === message && claim.customerId === customerId,
      );
      const { messageId = "" } = sent?.claim ?? {};
      if (sent) world.channels.report({ customerId, messageId, status, time: world.scheduler.now() });
    });
  for (const said of world.life.texts?.says ?? []) plan(said.at, () => world.channels.say(said));
  for (const { at, to, map } of world.life.migrations ?? [])
    plan(at, () =>
      world.deliveries.deliver("people", (ports) => migrate(world, String(journeys[0]?.id), to, map, ports)),
    );
  for (const { at, customerId } of world.life.unsubscribes ?? [])
    plan(at, () =>
      world.deliveries.deliver("people", async (ports) => {
        await unsubscribe({ customerId }, ports);
        await world.ledger.unsubscribed(customerId);
      }),
    );
}

/** A person migrates, and repeats the command until it has tried every customer. */
async function migrate(
  { ledger }: FaultWorld,
  journeyId: string,
  version: number,
  map: Readonly<Record<string, string>>,
  ports: MovePorts,
): Promise<void> {
  const journey = await ports.journeys.version(journeyId, version);
  if (!journey) return;
  const request = { to: { version, journey }, renames: new Map(Object.entries(map)) };
  const { failed, isComplete } = await migrateInside(journeyId, request, ports, ({ outcome }) => {
    if (outcome === "moved") ledger.moved++;
  });
  for (const { error } of failed) throw error;
  if (!isComplete) throw new ThrottledError("The command is repeated.");
}

/** Valid journeys of the scenario are live from the start. */
async function adopt(world: FaultWorld, journey: Journey): Promise<void> {
  await world.journeys.freeze(journey, 1);
  const publication = { state: "published", version: 1, at: world.scheduler.now(), problems: [] } as const;
  await world.journeys.publish(journey.id, { version: 1, journey }, publication);
}
