/**
 * Copies a customer into the simulator: into a separate world that has everything that is stored about the customer,
 * and the live journeys. An event, a status or only time is tried there. The stack is read, and never changed.
 */

import { unknownCustomer } from "../../lambdas/domain/customer/customer.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { sharedTextsOf } from "../../lambdas/domain/messages/shared-text.ts";
import type { Template } from "../../lambdas/domain/messages/template.ts";
import type { Segment } from "../../lambdas/domain/segments/segment.ts";
import { EPOCH, plus } from "../../lambdas/domain/time/time.ts";
import type { TimelineLine } from "../../simulator/timeline.ts";
import { World } from "../../simulator/world.ts";
import { recordOf } from "../../stack/deployed/customer-record.ts";
import type { Stack } from "../../stack/stack.ts";
import type { WhatIf, WhatIfAnswer } from "../api/customers.ts";

export async function whatIf({ customerId, event, status, during }: WhatIf, stack: Stack): Promise<WhatIfAnswer> {
  const lines: TimelineLine[] = [];
  const now = stack.ports.clock.now();
  const world = new World({ start: now, print: (line) => lines.push(line) });
  const record = recordOf(customerId, await stack.customer(customerId));
  await copyDocuments(stack, world, [...record.enrollments]);
  const { profile: customer = unknownCustomer(customerId), ...stored } = record;
  world.store.adopt({ ...stored, customer, sends: await stack.ports.store.sendLog(customerId) });
  for (const enrollment of record.enrollments)
    if (enrollment.status === "active") await world.ports.executions.start(enrollment, enrollment.executions);
  world.clock.plan(now, "world", async () => {
    if (event) await world.deliver("console", event.name, now, { customerId, data: event.data });
    if (status) await world.report({ at: now, customerId, message: status.componentId, status: status.status });
  });
  await world.clock.run(plus(now, during));
  return {
    lines: lines.filter((line) => "customerId" in line && line.customerId === customerId),
    warnings: world.warnings,
  };
}

/** The live journeys, with every version that the customer is in. */
async function copyDocuments(
  stack: Stack,
  { journeys, templates }: World,
  enrollments: readonly { readonly journeyId: string; readonly journeyVersion: number }[],
): Promise<void> {
  for (const template of await stack.templates()) templates.put(template as unknown as Template);
  for (const text of Object.values(sharedTextsOf(await stack.sharedTexts())))
    await templates.publish(text.id, text, { state: "published", at: EPOCH, problems: [] });
  for (const segment of await stack.segments()) journeys.segments.put(segment as unknown as Segment);
  for (const { journeyId } of await stack.pointers()) {
    const live = await stack.ports.journeys.live(journeyId);
    if (!live || live.version === 0) continue;
    const versions = enrollments.filter((each) => each.journeyId === journeyId).map((each) => each.journeyVersion);
    const frozen = new Map<number, Journey>([[live.version, live.journey]]);
    for (const version of new Set(versions)) {
      const found = await stack.ports.journeys.version(journeyId, version);
      if (found) frozen.set(version, found);
    }
    journeys.adopt(live, frozen);
  }
}
