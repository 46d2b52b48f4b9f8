/**
 * The quotas, hot keys and item sizes that the model uses, each from the documentation of AWS as read in November 2026, or
 * assumed (`assumed`). `large`: us-east-1, us-west-2 and eu-west-1.
 *
 * - Step Functions: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 * - DynamoDB: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html (tables) and
 *   https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/burst-adaptive-capacity.html (one partition)
 * - Lambda: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 * - EventBridge: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 * - SES: https://docs.aws.amazon.com/ses/latest/dg/quotas.html; every account has its own rate
 */

export type Region = "large" | "other";

/** A token bucket: so many at once, and then so many a second. */
export interface Bucket {
  readonly burst: number;
  readonly perSecond: number;
}

export interface RegionQuotas {
  readonly transitions: Bucket;
  readonly starts: Bucket;
  readonly stops: Bucket;
  readonly signals: Bucket;
  readonly openExecutions: number;
  /** Calls of PutEvents a second; the smallest of the other regions has 400. */
  readonly putEvents: number;
}

export const quotas: Readonly<Record<Region, RegionQuotas>> = {
  large: {
    transitions: { burst: 5000, perSecond: 5000 },
    starts: { burst: 1300, perSecond: 300 },
    stops: { burst: 1000, perSecond: 200 },
    signals: { burst: 3000, perSecond: 500 },
    openExecutions: 1_000_000,
    putEvents: 10_000,
  },
  other: {
    transitions: { burst: 800, perSecond: 800 },
    starts: { burst: 800, perSecond: 150 },
    stops: { burst: 500, perSecond: 25 },
    signals: { burst: 1500, perSecond: 300 },
    openExecutions: 1_000_000,
    putEvents: 400,
  },
};

/** The same in every region. */
export const everywhere = {
  /** Write and read units a second of an on-demand table, by default. */
  tableUnits: 40_000,
  /** Write units a second of one partition, and so of one item. */
  partitionWrites: 1_000,
  /** Read units a second of one partition. */
  partitionReads: 3_000,
  /** Concurrent calls of an account, by default. A new account may have 10. */
  concurrency: 1_000,
  newConcurrency: 10,
  /** Emails a second; 14 is usual at first. */
  mails: 14,
};

/** Assumed, not measured: seconds of a warm call, and sizes of usual items. Change them and run the model again. */
export const assumed = {
  /** A batch of ten events in trigger-matcher. */
  matcherBatchSeconds: 0.35,
  advanceSeconds: 0.15,
  /** One exit of a stop: a read, a transaction, and StopExecution. */
  exitSeconds: 0.025,
  /** A query of one partition of the index by the reconciler. */
  querySeconds: 0.01,
  /** A read of one item, or of the events of one rule. */
  readSeconds: 0.005,
  profileBytes: 1_500,
  pointerBytes: 330,
};
