/** The answer of `journeys migrate`: how many customers moved, and each customer who did not, with the reason. */
import { count } from "../../insight/words/count.ts";
import type { Moved } from "../../lambdas/app/migrate/migrate-enrollment.ts";
import type { MigratedInside } from "../../lambdas/app/migrate/migrate-inside.ts";
import { type NotMoved, notMovedTexts } from "../../lambdas/domain/migration/not-moved.ts";
import type { Io } from "../terminal/io.ts";
import { showTable } from "../terminal/table.ts";

interface Stayed {
  readonly customerId: string;
  readonly enrollmentId: string;
  /** The customer's version. */
  readonly version: number;
  readonly reason: NotMoved;
  /** The component that the reason is about. */
  readonly componentId: string;
  readonly message: string;
}

interface Unsaved {
  readonly customerId: string;
  readonly enrollmentId: string;
  readonly message: string;
}

export interface MigrationAnswer {
  /** Whether every customer was tried, and each of them moved or stays for a reason in their step log. */
  readonly ok: boolean;
  readonly journeyId: string;
  readonly version: number;
  readonly dryRun: boolean;
  readonly moved: number;
  /** The number of customers who were already in the version. */
  readonly already: number;
  readonly notMoved: readonly Stayed[];
  /** Customers whose item could not be read or written. */
  readonly failed: readonly Unsaved[];
  /** Whether every customer was tried; if not, AWS has throttled the command. */
  readonly isComplete: boolean;
}

export function answerOf(
  asked: Pick<MigrationAnswer, "journeyId" | "version" | "dryRun">,
  told: readonly Moved[],
  { failed, isComplete }: MigratedInside,
): MigrationAnswer {
  const notMoved = told.flatMap((each): Stayed[] => {
    if (each.outcome !== "stays") return [];
    const { customerId, enrollmentId, from: version, reason, componentId } = each;
    return [{ customerId, enrollmentId, version, reason, componentId, message: notMovedTexts[reason](componentId) }];
  });
  const amount = (outcome: Moved["outcome"]) => told.filter((each) => each.outcome === outcome).length;
  return {
    ok: failed.length === 0 && isComplete,
    ...asked,
    moved: amount("moved"),
    already: amount("already"),
    notMoved,
    failed: failed.map(({ customerId, enrollmentId, error }) => ({ customerId, enrollmentId, message: String(error) })),
    isComplete,
  };
}

export function showMigration(answer: MigrationAnswer, io: Io): void {
  const { journeyId, version, dryRun, moved, already, notMoved, failed, isComplete } = answer;
  const mark = dryRun ? "" : `${io.style("green", "✓")} `;
  io.out(
    dryRun
      ? `${count(moved, "customer")} inside ${journeyId} would move to version ${version}. Nothing was changed.`
      : `${mark}${count(moved, "customer")} inside ${journeyId} moved to version ${version}.`,
  );
  if (already > 0) io.out(`${count(already, "customer")} ${are(already)} in version ${version} already.`);
  if (notMoved.length > 0) io.out(`${count(notMoved.length, "customer")} ${dryRun ? "would stay" : "stayed"}:`);
  showTable(
    ["customer", "enrollment", "version", "reason"],
    notMoved.map((each) => [each.customerId, each.enrollmentId, each.version, `${each.message} (${each.reason})`]),
    io,
  );
  if (failed.length > 0) io.err(`${count(failed.length, "customer")} could not be read or stored:`);
  for (const { customerId, enrollmentId, message } of failed) io.err(`  ${customerId} ${enrollmentId}: ${message}`);
  if (!isComplete)
    io.err(
      "AWS throttled the command, so some customers were not tried. Run the command again: it continues with these customers.",
    );
  if (dryRun && moved > 0) io.out("Run the command again with --yes to move the customers.");
}

const are = (amount: number) => (amount === 1 ? "is" : "are");
