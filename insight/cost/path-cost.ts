/**
 * The cost of one path: one customer takes it in the simulator, in the linear journey of the path. Message status rules
 * and `waitFor` on the path get their signal, or wait until their time-out, as the path requires.
 */

import type { Ports } from "../../lambdas/app/ports.ts";
import { members } from "../../lambdas/domain/documents/unchecked-document.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { traitsOf } from "../../lambdas/domain/messages/channel-traits.ts";
import type { ComposedTemplate } from "../../lambdas/domain/messages/render.ts";
import { everyUse } from "../../lambdas/domain/messages/uses.ts";
import { plus, type Time } from "../../lambdas/domain/time/time.ts";
import type { Json, JsonObject } from "../../lambdas/domain/values/json.ts";
import { namesIn } from "../../lambdas/domain/values/path.ts";
import type { Scenario } from "../../simulator/scenario.ts";
import type { TimelineLine } from "../../simulator/timeline.ts";
import { type LinearJourney, linearJourney, MARK, SIGNAL, TRIGGER } from "./linear-journey.ts";
import { measure } from "./measure.ts";
import { Meter } from "./meter.ts";
import type { Path } from "./paths.ts";
import type { Usage } from "./usage.ts";

const CUSTOMER = "customer-of-the-cost";
/** The customer has a time zone, because without one the quiet hours of a law skip every text message. */
const customer = { customerId: CUSTOMER, email: "ada@mail.example", phone: "+15550100000", firstName: "Ada" };
const START = "2026-01-05T09:00:00.000Z";
/** The mail service reports this status of every message, unless the journey itself waits for it. */
const DELIVERED = "delivered";

export interface PathCost {
  readonly usage: Usage;
  /** The duration of the path. */
  readonly milliseconds: number;
}

/** By id. A message whose template is not among these templates counts as an email. */
export type KnownTemplates = ReadonlyMap<string, ComposedTemplate>;

/** @throws when the customer does not reach the end of the path: then the journey has problems. */
export async function pathCost(journey: Journey, path: Path, known: KnownTemplates = new Map()): Promise<PathCost> {
  const linear = linearJourney(journey, path);
  const planned: Planned[] = [];
  // Each run shows when the path needs its next signal.
  for (;;) {
    const lines: TimelineLine[] = [];
    const { usage, simulation } = await measure(
      scenarioOf(linear, planned, known),
      (line) => lines.push(line),
      new MeterInWindow(),
    );
    const missing = nextSignal(linear, lines, planned);
    if (missing) {
      planned.push(missing);
      continue;
    }
    const end = lines.findLast(({ kind }) => kind === "completed");
    if (!end)
      throw new Error(
        `The customer does not reach the end of ${path.map(({ componentId }) => componentId).join(" → ")}.`,
      );
    if (simulation.warnings[0] !== undefined) throw new Error(simulation.warnings[0]);
    return { usage, milliseconds: Date.parse(end.at) - Date.parse(START) };
  }
}

/** WhatsApp takes a text only from a customer who has just written, so the customer of the cost always has. */
class MeterInWindow extends Meter {
  override ports(ports: Ports): Ports {
    const { store, ...metered } = super.ports(ports);
    const addressFacts = async (address: string) => ({
      ...(await store.addressFacts(address)),
      inboundAt: { whatsapp: ports.clock.now() },
    });
    return { ...metered, store: { ...store, addressFacts } };
  }
}

interface Planned {
  readonly at: Time;
  readonly componentId: string;
  readonly status?: string;
}

function scenarioOf({ journey }: LinearJourney, planned: readonly Planned[], known: KnownTemplates): Scenario {
  const templates = new Set(
    Object.values(journey.components).flatMap((each) => (each.type === "sendTemplate" ? each.template : [])),
  );
  const { event, key } = journey.trigger;
  const changes = event === undefined ? { customer: { [MARK]: true } } : {};
  return {
    journeys: [journey as unknown as Record<string, unknown>],
    templates: distinctTexts([...templates].flatMap((id) => textsFor(id, known))),
    customers: [{ ...customer, timezone: journey.timezone ?? "UTC" }],
    events: [
      { at: START, event: TRIGGER, id: "the-trigger", customerId: CUSTOMER, data: dataWith(key), ...changes },
      ...planned
        .filter(({ status }) => status === undefined)
        .map(({ at, componentId }) => ({ at, event: SIGNAL, id: `at-${componentId}`, customerId: CUSTOMER })),
    ],
    statuses: planned.flatMap(({ at, componentId, status }) =>
      status === undefined ? [] : [{ at, customerId: CUSTOMER, message: componentId, status: status as "read" }],
    ),
    until: plus(START, "P3650D"),
  };
}

/**
 * The price of an email does not depend on its text. The text of a text message, with its layout and partials, decides how
 * many parts it has.
 */
function textsFor(id: string, known: KnownTemplates): readonly Record<string, unknown>[] {
  const template = known.get(id);
  // The customer of the cost has no language, so the content without a language decides the kind of the message.
  if (template?.channel === "whatsapp") {
    const content = template.whatsapp ? { whatsapp: { template: "approved" } } : { text: "Text" };
    return [{ id, channel: "whatsapp", class: "marketing", ...content }];
  }
  if (template && traitsOf(template.channel).textOnly) {
    const { channel, class: kind, layout, text, shared = {} } = template;
    const around = everyUse(members(template), shared).flatMap(({ text: used }) => (used ? [{ ...used }] : []));
    return [{ id, channel, class: kind, text, ...(layout !== undefined && { layout }) }, ...around];
  }
  return [
    {
      id,
      channel: "email",
      class: "marketing",
      subject: "Hello {{ customer.firstName }}",
      html: '<p>Hello</p><a href="{{ unsubscribeUrl }}">Unsubscribe</a>',
    },
  ];
}

const distinctTexts = (texts: readonly Record<string, unknown>[]) => [
  ...new Map(texts.map((text) => [text.id, text])).values(),
];

/** Event data with a key at this path. */
function dataWith(key: string | undefined): JsonObject {
  const names = key === undefined ? [] : namesIn(key);
  return names.reduceRight<Json>(
    (inner, name) => ({ [name]: inner }),
    names.length > 0 ? "key-of-the-cost" : {},
  ) as JsonObject;
}

/** The next signal that is not planned yet: one second after the customer starts to wait for it. */
function nextSignal(
  { journey, signals }: LinearJourney,
  lines: readonly TimelineLine[],
  planned: readonly Planned[],
): Planned | undefined {
  const watched = new Set(
    Object.values(journey.components).flatMap((each) => (each.type === "messageStatusRule" ? each.status : [])),
  );
  const isPlanned = (componentId: string, status?: string) =>
    planned.some((known) => known.componentId === componentId && known.status === status);
  for (const line of lines) {
    if (line.kind === "message" && !isPlanned(line.componentId, DELIVERED) && !watched.has(DELIVERED))
      return { at: plus(line.at, "PT1S"), componentId: line.componentId, status: DELIVERED };
    if (line.kind !== "component" || line.outcome !== "waiting") continue;
    const signal = signals.get(line.componentId);
    if (!signal) continue;
    const { message = line.componentId, status } = signal;
    if (isPlanned(message, status)) continue;
    return { at: plus(line.at, "PT1S"), componentId: message, ...(status !== undefined && { status }) };
  }
  return undefined;
}
