/**
 * Complaints and bounces of one journey, against what SES tolerates of an account: it reviews accounts from 5 %
 * bounces or 0.1 % complaints, and may pause them from 10 % or 0.5 %.
 * https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-dg.html
 */
import type { Counts } from "../../lambdas/domain/counts.ts";

export interface Spike {
  readonly kind: "bounces" | "complaints";
  readonly reports: number;
  readonly sent: number;
}

interface Tolerated {
  readonly status: string;
  /** The share of what was sent from which SES reviews an account. */
  readonly share: number;
  /** Fewer reports are not judged: one complaint of ten mails says nothing. */
  readonly atLeast: number;
}

const tolerated: Readonly<Record<Spike["kind"], Tolerated>> = {
  bounces: { status: "bounced", share: 0.05, atLeast: 20 },
  complaints: { status: "complained", share: 0.001, atLeast: 5 },
};

/** Of all messages since the journey began, which is what the counters know. */
export function spikesOf(counts: Counts): Spike[] {
  const sent = messages(counts, "sent");
  return Object.entries(tolerated).flatMap(([kind, { status, share, atLeast }]) => {
    const reports = messages(counts, status);
    return reports >= atLeast && reports >= sent * share ? [{ kind: kind as Spike["kind"], reports, sent }] : [];
  });
}

function messages(counts: Counts, status: string): number {
  return Object.entries(counts).reduce((sum, [name, count]) => {
    const [what, , ...rest] = name.split(".");
    return what === "message" && rest.join(".") === status ? sum + count : sum;
  }, 0);
}
