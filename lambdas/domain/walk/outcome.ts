/** The decision about a component: what the component does, and where the customer goes next. */

import type { WaitEnd } from "../enrollment/wait-end.ts";
import type { Rendered } from "../messages/render.ts";
import type { Template } from "../messages/template.ts";
import type { ExitReason, FailReason, HoldReason, ReasonCode, SkipReason } from "../reasons/reason.ts";
import type { Time } from "../time/time.ts";
import type { JsonObject } from "../values/json.ts";

export interface OutgoingMessage extends Rendered {
  readonly template: string;
  readonly channel: Template["channel"];
  readonly class: Template["class"];
  readonly topic?: string | undefined;
  /** The address, for email. */
  readonly to?: string | undefined;
  readonly from: string | undefined;
  readonly replyTo: readonly string[];
  /** For the List-Unsubscribe header of marketing email. */
  readonly unsubscribeUrl?: string;
}

export type Effect =
  | { readonly kind: "send"; readonly message: OutgoingMessage }
  | { readonly kind: "changeTags"; readonly add: readonly string[]; readonly remove: readonly string[] }
  | { readonly kind: "setAttributes"; readonly changes: JsonObject }
  | { readonly kind: "emit"; readonly event: string; readonly data: JsonObject };

export type Next =
  | { readonly kind: "component"; readonly componentId: string }
  | { readonly kind: "completed" }
  | { readonly kind: "exited"; readonly reason: ExitReason }
  | { readonly kind: "failed"; readonly reason: FailReason }
  | { readonly kind: "wait"; readonly for: "timer" | "signal"; readonly until: Time };

export interface Advanced {
  /** `waiting`, or the outlet through which the customer leaves. */
  readonly outcome: string;
  readonly reason?: ReasonCode;
  /** A component has at most one effect, so that one claim covers all that it does. */
  readonly effect?: Effect;
  /** The event, status or change that ended the customer's wait here. */
  readonly endedBy?: WaitEnd;
  readonly next: Next;
}

export interface Waiting extends Advanced {
  readonly next: Extract<Next, { kind: "wait" }>;
}

export function leave(outcome: string, to: string | undefined, effect?: Effect): Advanced {
  const next: Next = to === undefined ? { kind: "completed" } : { kind: "component", componentId: to };
  return { outcome, ...(effect && { effect }), next };
}

/** `end`: what ended the customer's wait, if anything but the time did. */
export function leaveBy(end: WaitEnd | undefined, advanced: Advanced): Advanced {
  return { ...advanced, ...(end && { endedBy: end }) };
}

export function skip({ next }: { next?: string | undefined }, reason: SkipReason | HoldReason): Advanced {
  return { ...leave("skipped", next), reason };
}

export function wait(kind: "timer" | "signal", until: Time): Waiting {
  return { outcome: "waiting", next: { kind: "wait", for: kind, until } };
}

export function exit(reason: ExitReason): Advanced {
  return { outcome: "exited", next: { kind: "exited", reason } };
}

export function fail(reason: FailReason): Advanced {
  return { outcome: "failed", next: { kind: "failed", reason } };
}
