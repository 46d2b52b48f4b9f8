/** The outcome of a scenario for each customer, read from the simulator and from a stack's tables in the same form. */

import { isKeyOf, type KeyedItem, PROFILE } from "../lambdas/adapters/dynamodb/customer-items.ts";
import { metaMessage } from "../lambdas/adapters/whatsapp/meta-message.ts";
import type { Reason } from "../lambdas/app/store.ts";
import type { Customer } from "../lambdas/domain/customer/customer.ts";
import type { Enrollment } from "../lambdas/domain/enrollment/enrollment.ts";
import type { Scenario } from "../simulator/scenario.ts";
import { simulate } from "../simulator/simulate.ts";
import type { TimelineLine } from "../simulator/timeline.ts";
import type { DeployedStack } from "../stack/deployed/stack.ts";
import type { Engine } from "./engine.ts";
import { mails } from "./mailbox.ts";
import { texts } from "./texts.ts";
import { whatsappMessages } from "./whatsapp.ts";

/** Refused events are an error here, because the bus of a stack reports none. */
type Sent = NonNullable<Scenario["events"]>[number] & {
  readonly customerId: string;
  readonly customer?: Readonly<Record<string, unknown>>;
};
const sentIn = ({ events = [] }: Scenario) => events as readonly Sent[];

export interface Outcome {
  readonly customers: Readonly<Record<string, unknown>>;
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The emails to each address, and the text messages to each number: subjects and texts, in order. */
  readonly mails: Readonly<Record<string, readonly string[]>>;
}

/** Every customer and document gets a new id, so that many scenarios can run on one stack. */
export function renamed(scenario: Scenario, prefix: string): Scenario {
  const rename = <T extends { customerId: string }>(all: readonly T[] = []) =>
    all.map((each) => ({ ...each, customerId: `${prefix}.${each.customerId}` }));
  const addressed = rename(scenario.customers).map((customer) => ({
    ...customer,
    ...(typeof customer.email === "string" && { email: `${prefix}.${customer.email}` }),
  }));
  return {
    ...scenario,
    customers: addressed,
    events: rename(sentIn(scenario)).map((event) => {
      const email = event.customer?.email;
      return typeof email === "string"
        ? { ...event, customer: { ...event.customer, email: `${prefix}.${email}` } }
        : event;
    }),
    statuses: rename(scenario.statuses),
    entries: (scenario.entries ?? []).map(({ customers, ...entry }) => ({
      ...entry,
      ...(customers && { customers: customers.map((id) => `${prefix}.${id}`) }),
    })),
  };
}

export async function simulatedOutcome(scenario: Scenario): Promise<Outcome> {
  const lines: TimelineLine[] = [];
  const result = await simulate(scenario, (line) => lines.push(line));
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  const { store } = result;
  const reasons = lines.filter((line) => line.kind === "not-entered");
  const customers: Record<string, unknown> = {};
  for (const { customer, enrollments } of store.all()) {
    const of = reasons.filter(({ customerId }) => customerId === customer.customerId);
    customers[customer.customerId] = fate(customer, [...enrollments.values()], of);
  }
  const sent = lines.filter((line) => line.kind === "message");
  return {
    customers,
    counts: Object.fromEntries([...store.counts].map(([id, counts]) => [id, present(counts)])),
    mails: byAddress(
      sent.map(({ to, subject, html, text, whatsapp }) => ({
        ...{ to, subject, html },
        text: whatsapp ? JSON.stringify(metaMessage({ to, whatsapp })) : text,
      })),
    ),
  };
}

export async function deployedOutcome(scenario: Scenario, stack: DeployedStack, engine: Engine): Promise<Outcome> {
  const journeys = new Set((scenario.journeys ?? []).map(({ id }) => String(id)));
  const ids = new Set([...(scenario.customers ?? []), ...sentIn(scenario)].map(({ customerId }) => customerId));
  const customers: Record<string, unknown> = {};
  for (const id of ids) {
    const items = await stack.customer(id);
    const of = (kind: KeyedItem) => items.filter(({ sk }) => isKeyOf(kind, sk));
    const profile = items.find(({ sk }) => sk === PROFILE);
    customers[id] = fate(
      { attributes: {}, tags: [], ...profile } as unknown as Customer,
      of("enrollment") as unknown as Enrollment[],
      // Journeys of other scenarios listen to the same events.
      (of("reason") as unknown as Reason[]).filter(({ journeyId }) => journeys.has(journeyId)),
    );
  }
  const counts: Record<string, Record<string, number>> = {};
  for (const id of journeys) counts[id] = present(await stack.counts(id));
  const numbers = new Set((scenario.customers ?? []).map(({ phone }) => phone));
  const claims = new Set([...ids].map((id) => Buffer.from(id).toString("base64url")));
  const received = (await mails(engine)).filter(({ tags }) => claims.has(tags.customer0?.[0] ?? ""));
  return {
    customers,
    counts,
    mails: byAddress([
      ...received.map(({ to, subject, html, text }) => ({ to: String(to[0]), subject, html, text })),
      ...(await texts(engine)).filter(({ context }) => claims.has(context.customer ?? "")),
      ...(await whatsappMessages(engine))
        .filter(({ to }) => numbers.has(to))
        .map(({ to, message }) => ({ to, text: JSON.stringify(message) })),
    ]),
  };
}

function fate(
  { attributes, tags }: Customer,
  enrollments: readonly Enrollment[],
  reasons: readonly { journeyId: string; event?: string; reason: string; at: string }[],
) {
  return {
    attributes,
    tags: [...tags].sort(),
    enrollments: enrollments
      .map(({ journeyId, journeyVersion, key, status, reason, enteredAt, endedAt, steps, goals, messages }) => ({
        journey: `${journeyId} v${journeyVersion}`,
        ...(key !== undefined && { key }),
        entered: enteredAt,
        became: [status, reason, endedAt].filter((part) => part !== undefined).join(" "),
        steps: steps.map(({ at, componentId, outcome }) => `${at} ${componentId} ${outcome}`),
        goals,
        messages: messages.map(({ template, state, reason, statuses }) => ({ template, state, reason, statuses })),
      }))
      .sort((a, b) => (`${a.entered} ${a.journey} ${a.key}` < `${b.entered} ${b.journey} ${b.key}` ? -1 : 1)),
    notEntered: reasons.map(({ at, journeyId, event, reason }) => `${at} ${journeyId} ${event}: ${reason}`).sort(),
  };
}

function present(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts)
      .filter(([, count]) => count !== 0)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

interface Received {
  readonly to: string | undefined;
  readonly subject?: string | undefined;
  readonly html?: string | null | undefined;
  readonly text?: string | null | undefined;
}

/** Unsubscribe links differ from stack to stack. */
const unlinked = (text: string | null | undefined) => (text ?? "").replaceAll(/https?:[^"\s]*token=[^"\s<]*/g, "LINK");

function byAddress(received: readonly Received[]): Record<string, string[]> {
  const boxes: Record<string, string[]> = {};
  for (const { to = "", subject = "", html, text } of received) {
    boxes[to] ??= [];
    boxes[to].push(`${subject}\n${unlinked(html)}\n${unlinked(text)}`);
  }
  return boxes;
}
