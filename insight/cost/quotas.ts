/**
 * The AWS quotas that a number of enrollments a day would reach. Sources, read 2026-11-23:
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html (three large regions, and the others) and
 * https://docs.aws.amazon.com/ses/latest/dg/quotas.html (every account has its own rate; 14 a second is usual at first).
 */

export interface Quota {
  readonly quota: string;
  /**
   * The rate or number that the volume needs when it is spread evenly over a day, and the default quota of an account.
   */
  readonly needs: number;
  readonly has: number;
  readonly unit: string;
  readonly hit: boolean;
  /** The number of enrollments a day at which the quota is reached. */
  readonly hitFrom: number;
}

/** The needs of one enrollment, in the worst case. */
export interface Volume {
  readonly transitions: number;
  readonly emails: number;
  readonly days: number;
}

const large = new Set(["us-east-1", "us-west-2", "eu-west-1"]);
const SECONDS_A_DAY = 86_400;

/** The default quotas of an account. */
export function defaultQuotas(region: string) {
  const big = large.has(region);
  return { starts: big ? 300 : 150, transitions: big ? 5000 : 800, open: 1_000_000, emails: 14 };
}

export function quotas(region: string, perDay: number, { transitions, emails, days }: Volume): readonly Quota[] {
  const quota = defaultQuotas(region);
  const rows: readonly [quota: string, each: number, has: number, unit: string][] = [
    ["Step Functions StartExecution", 1 / SECONDS_A_DAY, quota.starts, "a second"],
    ["Step Functions StateTransition", transitions / SECONDS_A_DAY, quota.transitions, "a second"],
    ["Step Functions open executions", days, quota.open, "at once"],
    ["SES sending rate", emails / SECONDS_A_DAY, quota.emails, "a second"],
  ];
  return rows.map(([quota, each, has, unit]) => ({
    quota,
    needs: perDay * each,
    has,
    unit,
    hit: perDay * each > has,
    hitFrom: each === 0 ? Number.POSITIVE_INFINITY : Math.floor(has / each + 1e-6),
  }));
}
