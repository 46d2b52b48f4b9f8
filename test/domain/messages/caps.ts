/** Messages, and limits on them. */
import type { Limits, Sending } from "../../../lambdas/domain/messages/limits.ts";

export const NOW = "2026-01-10T12:00:00.000Z";

export const sending = (more: Partial<Sending> = {}): Sending => ({
  class: "marketing",
  channel: "email",
  zone: "UTC",
  ownZone: undefined,
  state: undefined,
  sends: [],
  reachedAt: NOW,
  now: NOW,
  ...more,
});

export type Cap = Exclude<Limits["cap"], "none" | undefined>[number];

export const cap = (more: Partial<Cap> = {}): Limits => ({
  cap: [{ max: 2, within: "P1D", otherwise: "skip", ...more }],
});

export const send = { kind: "send" };

export const skip = { kind: "skip", reason: "frequency-cap" };
