/** Notes for customers of a scenario whose address or number has a wrong form, because a timeline says no value. */
import { unknownCustomer } from "../../lambdas/domain/customer/customer.ts";
import { idOf, members } from "../../lambdas/domain/documents/unchecked-document.ts";
import { type Channel, isChannel } from "../../lambdas/domain/messages/channel.ts";
import type { JsonObject } from "../../lambdas/domain/values/json.ts";
import type { Scenario } from "../../simulator/scenario.ts";
import type { TimelineLine } from "../../simulator/timeline.ts";
import { skipHint } from "../render/skip-hint.ts";

export function badAddresses(scenario: Scenario, lines: readonly TimelineLine[]): string[] {
  const { customers = [], events = [] } = scenario;
  const attributes = new Map<string, JsonObject>();
  for (const { customerId, ...given } of [
    ...customers,
    ...events.map(({ customerId, customer }) => ({ customerId, ...members(customer) })),
  ])
    attributes.set(String(customerId), { ...attributes.get(String(customerId)), ...(given as JsonObject) });
  const notes = lines.flatMap((line) => {
    if (line.kind !== "component" || line.reason !== "bad-address") return [];
    const channel = channelOf(line.journeyId, line.componentId, scenario);
    const customer = { ...unknownCustomer(line.customerId), attributes: attributes.get(line.customerId) ?? {} };
    const hint = channel && skipHint(line.reason, channel, customer);
    return hint ? [`${line.customerId}: ${hint}`] : [];
  });
  return [...new Set(notes)];
}

function channelOf(
  journeyId: string,
  componentId: string,
  { journeys = [], templates = [] }: Scenario,
): Channel | undefined {
  const journey = journeys.find((each) => idOf(each) === journeyId);
  const { template } = members(members(members(journey).components)[componentId]);
  const { channel } = members(templates.find((each) => idOf(each) === template));
  return isChannel(channel) ? channel : undefined;
}
