/**
 * A customer: everything that is stored, the data at each decision, and for each journey why the customer entered or
 * did not enter.
 */

import { answerOf } from "../../../insight/entry/answer.ts";
import { journeyUnder } from "../../../insight/picture/diagram/overlay.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { decisionsIn, enteredJourneys, versionRef } from "../../../stack/deployed/customer-decisions.ts";
import { recordOf } from "../../../stack/deployed/customer-record.ts";
import type { Stack } from "../../../stack/stack.ts";
import type { CustomerAnswer, CustomersAnswer } from "../../api/customers.ts";
import type { Place } from "../../place/place.ts";
import { NotFound } from "./failures.ts";

const MOST_FOUND = 50;

export async function customersAnswer(search: string, { playground, stack }: Place): Promise<CustomersAnswer> {
  if (!playground) {
    const known = search !== "" && (await stack.customer(search)).length > 0;
    const customers = known ? [{ customerId: search, name: search, inside: 0 }] : [];
    return { customers, more: false, searchable: false };
  }
  const words = search.toLowerCase().split(/\s+/);
  const found = [...playground.now.stack.world.store.all()].flatMap(({ customer, enrollments }) => {
    const { customerId, attributes } = customer;
    const name = String(attributes.firstName ?? attributes.name ?? customerId);
    const text = `${customerId} ${name} ${attributes.email ?? ""}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) return [];
    const inside = [...enrollments.values()].filter(({ status }) => status === "active").length;
    return [{ customerId, name, inside }];
  });
  found.sort((a, b) => b.inside - a.inside || (a.customerId < b.customerId ? -1 : 1));
  return { customers: found.slice(0, MOST_FOUND), more: found.length > MOST_FOUND, searchable: true };
}

export async function customerAnswer(customerId: string, stack: Stack): Promise<CustomerAnswer> {
  const items = await stack.customer(customerId);
  if (items.length === 0)
    throw new NotFound(`Nothing is stored about a customer "${customerId}". Ids are case-sensitive.`);
  const record = recordOf(customerId, items);
  const { journeys, clock } = stack.ports;
  const now = clock.now();
  const entered = await enteredJourneys(record, stack);
  const decisions = decisionsIn(record, entered, stack);
  const versions: Record<string, Journey> = {};
  const entries: CustomerAnswer["entries"][number][] = [];
  for (const { journeyId, number, name } of await stack.pointers()) {
    const live = await journeys.live(journeyId);
    if (!live || number === 0) continue;
    entries.push({ journeyId, name, answer: answerOf(record, live, now) });
    for (const enrollment of record.enrollments) {
      const journey = entered.get(versionRef(enrollment));
      if (journey && enrollment.journeyId === journeyId)
        versions[versionRef(enrollment)] = journeyUnder(journey, live.journey, customerId);
    }
  }
  return {
    now,
    record,
    decisions: Object.fromEntries([...decisions].map(([id, steps]) => [id, steps.map((step) => step ?? null)])),
    versions,
    entries,
  };
}
