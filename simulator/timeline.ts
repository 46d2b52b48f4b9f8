/** Makes the lines of a timeline from what was stored and sent. The same scenario gives the same lines. */
import type { Claim } from "../lambdas/app/sending-ports.ts";
import type { Reason } from "../lambdas/app/store.ts";
import type { Enrollment, Step } from "../lambdas/domain/enrollment/enrollment.ts";
import type { PublishedEvent } from "../lambdas/domain/events/system-events.ts";
import type { AppChannel, Channel } from "../lambdas/domain/messages/channel.ts";
import type { WhatsappContent } from "../lambdas/domain/messages/whatsapp/content.ts";
import type { RunResult } from "../lambdas/domain/schedule/audience-run.ts";
import type { Time } from "../lambdas/domain/time/time.ts";
import { type Json, type JsonObject, own } from "../lambdas/domain/values/json.ts";
import type { OutgoingMessage } from "../lambdas/domain/walk/outcome.ts";

interface Line {
  readonly at: Time;
  readonly customerId: string;
}
interface InJourney extends Line {
  readonly journeyId: string;
  readonly enrollmentId: string;
}

/** The lines about one customer. */
export type CustomerLine =
  | (InJourney & { kind: "entered"; version: number; key?: Json; event?: string; run?: string })
  | (Line & {
      kind: "not-entered";
      journeyId: string;
      version: number;
      enrollmentId: string;
      key?: Json;
      event?: string;
      reason: string;
    })
  | (InJourney & {
      kind: "component";
      componentId: string;
      type: string;
      outcome: string;
      until?: Time;
      reason?: string;
    })
  | (InJourney & {
      kind: "message";
      componentId: string;
      template: string;
      channel: Channel;
      /** The email address, or the number. For a message that an app sends, the app knows the address. */
      to?: string;
      subject?: string;
      html?: string;
      text?: string;
      /** An approved template of WhatsApp, with the values of its variables. */
      whatsapp?: WhatsappContent;
    })
  | (InJourney & { kind: "goal"; goalId: string })
  | (InJourney & { kind: "exited"; reason: string; componentId: string })
  | (InJourney & { kind: "completed" })
  | (InJourney & { kind: "failed"; reason: string });

/** The end of an audience run. */
export interface RunLine extends RunResult {
  readonly at: Time;
  readonly kind: "run";
  readonly journeyId: string;
  readonly runId: string;
}

export type TimelineLine = CustomerLine | RunLine;

export interface Summary {
  readonly kind: "summary";
  readonly entered: number;
  readonly active: number;
  readonly completed: number;
  readonly exited: number;
  readonly failed: number;
  readonly goals: Readonly<Record<string, number>>;
  readonly messages: number;
  readonly tags: Readonly<Record<string, readonly string[]>>;
}

export function notEnteredLine(refused: Reason): CustomerLine {
  const { at, customerId, journeyId, journeyVersion: version, enrollmentId, key, event, reason } = refused;
  const about = { at, kind: "not-entered", customerId, journeyId, version, enrollmentId };
  return { ...about, ...present({ key, event }), reason } as CustomerLine;
}

export function messageLine(message: OutgoingMessage, claim: Claim, at: Time): CustomerLine {
  const { customerId, journeyId, enrollmentId, componentId } = claim;
  const { template, channel, to, subject, html, text, whatsapp } = message;
  return {
    at,
    kind: "message",
    customerId,
    journeyId,
    enrollmentId,
    componentId,
    template,
    channel,
    ...(to !== undefined && { to }),
    subject,
    ...(html !== undefined && { html }),
    ...(text !== undefined && { text }),
    ...(whatsapp && { whatsapp }),
  };
}

/**
 * `message.requested` does not name its channel. So there can be only one channel for apps, and this table has one row.
 */
const requested: Readonly<Record<AppChannel, AppChannel>> = { event: "event" };

/** A message that the system publishes so that an app sends it. */
export function requestLine({ customerId, time, data }: PublishedEvent): CustomerLine {
  const { journeyId, enrollmentId, componentId, template, subject, html, text } = data;
  const said = present({ subject, html, text });
  const about = { customerId, journeyId, enrollmentId, componentId, template };
  return { at: time, kind: "message", ...about, channel: requested.event, ...said } as CustomerLine;
}

export function enrollmentLines(before: Enrollment | undefined, after: Enrollment, at: Time): CustomerLine[] {
  const { customerId, journeyId, enrollmentId, journeyVersion: version, key, trigger } = after;
  const about = { customerId, journeyId, enrollmentId };
  const lines: CustomerLine[] = [];
  if (!before)
    lines.push({
      at,
      kind: "entered",
      ...about,
      version,
      ...present({ key, event: trigger.name, run: trigger.run }),
    } as CustomerLine);
  for (const [index, step] of after.steps.entries())
    if (step !== before?.steps[index] && !endedThere(step))
      lines.push({ at, kind: "component", ...about, ...shown(step) });
  for (const goalId of Object.keys(after.goals))
    if (own(before?.goals, goalId) === undefined) lines.push({ at, kind: "goal", ...about, goalId });
  if (after.status !== (before?.status ?? "active")) lines.push(endLine(after, at));
  return lines;
}

function endLine(
  { customerId, journeyId, enrollmentId, status, reason = "", position }: Enrollment,
  at: Time,
): CustomerLine {
  const about = { customerId, journeyId, enrollmentId };
  if (status === "exited") return { at, kind: "exited", ...about, reason, componentId: position.componentId };
  return status === "failed" ? { at, kind: "failed", ...about, reason } : { at, kind: "completed", ...about };
}

/** A component at which the customer exited or failed has no outcome of its own: the line of the end names it. */
function endedThere({ outcome }: Step): boolean {
  return outcome === "exited" || outcome === "failed";
}

function shown({ componentId, type, outcome, until, reason }: Step) {
  return {
    componentId,
    type,
    outcome,
    ...(outcome === "waiting" && until !== undefined && { until }),
    ...(reason !== undefined && { reason }),
  };
}

function present(members: Record<string, Json | undefined>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as JsonObject;
}
