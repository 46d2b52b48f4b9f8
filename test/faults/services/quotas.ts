/**
 * The request quotas of AWS as token buckets around the ports: each call takes a token, and a call without one is
 * throttled and has no effect. Quotas are no faults: they never end.
 */
import { ThrottledError } from "../../../lambdas/app/errors.ts";
import type { Clock } from "../../../lambdas/app/ports.ts";
import { toMilliseconds } from "../../../lambdas/domain/time/time.ts";
import type { Call } from "../../app/calls.ts";

/** The calls that have a quota of their own. */
export const quotaCalls = [
  "executions.start",
  "executions.stop",
  "executions.signal",
  "mail.send",
  "sms.send",
  "whatsapp.send",
] as const;
export type QuotaCall = (typeof quotaCalls)[number];

export interface Quota {
  readonly burst: number;
  readonly perSecond: number;
}

export type Quotas = Readonly<Partial<Record<QuotaCall, Quota>>>;

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html; SES: an account of medium size. */
export const largeRegions = {
  "executions.start": { burst: 1_300, perSecond: 300 },
  "executions.stop": { burst: 1_000, perSecond: 200 },
  "executions.signal": { burst: 3_000, perSecond: 500 },
  "mail.send": { burst: 400, perSecond: 400 },
} as const satisfies Quotas;

export const otherRegions = {
  "executions.start": { burst: 800, perSecond: 150 },
  "executions.stop": { burst: 500, perSecond: 25 },
  "executions.signal": { burst: 1_500, perSecond: 300 },
  "mail.send": { burst: 400, perSecond: 400 },
} as const satisfies Quotas;

/** A throttle by a quota, as opposed to one by a fault. */
export class QuotaError extends ThrottledError {}

export class Buckets {
  readonly throttled: Partial<Record<QuotaCall, number>> = {};
  private readonly levels = new Map<QuotaCall, { tokens: number; at: number }>();
  private readonly quotas: Quotas;
  private readonly clock: Clock;

  constructor(quotas: Quotas, clock: Clock) {
    this.quotas = quotas;
    this.clock = clock;
  }

  /** @throws QuotaError when the bucket is empty. */
  take(call: Call): void {
    const name = quotaCalls.find((quotaCall) => quotaCall === call);
    const quota = name && this.quotas[name];
    if (!name || !quota) return;
    const now = toMilliseconds(this.clock.now());
    const { tokens, at } = this.levels.get(name) ?? { tokens: quota.burst, at: now };
    const level = Math.min(quota.burst, tokens + ((now - at) / 1000) * quota.perSecond);
    this.levels.set(name, { tokens: level >= 1 ? level - 1 : level, at: now });
    if (level >= 1) return;
    this.throttled[name] = (this.throttled[name] ?? 0) + 1;
    throw new QuotaError(call);
  }
}
