/**
 * One contract for both implementations of the ports. The simulator and most tests use the ports in memory; on AWS the
 * DynamoDB adapters run. Both must behave alike. The adapters run on the emulator, which starts in a second.
 */
import { afterAll, beforeAll, describe, test } from "vitest";
import { isInstalled } from "../../local/launch.ts";
import { describeByHand } from "./by-hand.ts";
import { describeCaches } from "./caches.ts";
import { describeCommit } from "./commit.ts";
import { describeCounters, describeLongCounts } from "./counters.ts";
import { describeErase, describeLongErase } from "./erase.ts";
import { describeErrors } from "./errors.ts";
import { describeInside } from "./inside.ts";
import { describeJourneys } from "./journeys.ts";
import { describeLongJourneys } from "./published.ts";
import { describeLongReads, describeReads } from "./reads.ts";
import { describeRequests } from "./requests.ts";
import { describeRunConflicts } from "./runs/conflicts.ts";
import { describeProfiles } from "./runs/profiles.ts";
import { describeProgress } from "./runs/progress.ts";
import { describeLongRuns, describeRuns } from "./runs/stored-runs.ts";
import { describeSegments } from "./segments.ts";
import { describeSentIds } from "./sent-ids.ts";
import { describeLongTemplates, describeTemplates } from "./templates.ts";
import { dynamodbWorld, littleWorld, type MakeWorld, memoryWorld, startDynamoDB, stopDynamoDB } from "./world/ports.ts";

/** The tests run at the same time, each with its own tables: the emulator is another process. */
const concurrent = { concurrent: true };

function contract(name: string, make: MakeWorld): void {
  describe(name, concurrent, () => {
    describeCommit(make);
    describeCounters(make);
    describeReads(make);
    describeInside(make);
    describeErase(make);
    describeJourneys(make);
    describeTemplates(make);
    describeSegments(make);
    describeSentIds(make);
    describeRuns(make);
    describeProgress(make);
    describeProfiles(make);
  });
}

contract("in memory", memoryWorld);

const missing = "The emulator is not installed, so nothing of this ran on DynamoDB: install it with npm run emulator.";
if (!isInstalled() && process.env.CI !== "true") process.stderr.write(`SKIPPED: test/contract. ${missing}\n`);

describe.skipIf(!isInstalled() && process.env.CI !== "true")("on DynamoDB", () => {
  if (!isInstalled()) {
    test("the emulator is installed wherever CI=true", () => {
      throw new Error(missing);
    });
    return;
  }
  beforeAll(startDynamoDB, 60_000);
  afterAll(stopDynamoDB);

  contract("whole", dynamodbWorld);
  describe("two items at a time", concurrent, () => {
    describeLongReads(littleWorld);
    describeInside(littleWorld);
    describeLongErase(littleWorld);
    describeLongCounts(littleWorld);
    describeLongJourneys(littleWorld);
    describeLongTemplates(littleWorld);
    describeLongRuns(littleWorld);
    describeProfiles(littleWorld);
  });
  describe("errors", describeErrors);
  describe("conflicts of runs", describeRunConflicts);
  describe("requests", describeRequests);
  describe("caches", describeCaches);
  describe("items of others", describeByHand);
});
