/** The work of an operator on the deployed stack, by the command line: see, explain, repair, erase. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { testArchive } from "./archive.ts";
import { describeCustomer } from "./customer.ts";
import { describeDoctor } from "./doctor.ts";
import { describeErase } from "./erase.ts";
import { describeRecount } from "./recount.ts";
import { describeRedrive } from "./redrive.ts";
import { testReplayThatDies } from "./replay-that-dies.ts";
import { openShop, run } from "./shop.ts";
import { describeStats } from "./stats.ts";
import { describeWhy } from "./why.ts";

beforeAll(openShop, 240_000);
afterAll(() => run?.stop(), 60_000);

// In this order: each part finds the shop as the parts before it have left it.
describeStats();
testArchive();
describeCustomer();
describeWhy();
describeRecount();
describeRedrive();
describeErase();
describeDoctor();
testReplayThatDies();

test.each([["stats"], ["customer"], ["draw"], ["why"], ["recount"], ["redrive"], ["erase"], ["doctor"]])(
  "%s: of a stack that is not there, a sentence and exit code 2",
  async (command) => {
    const operands: Record<string, string[]> = { redrive: [], doctor: [], why: ["a", "b"], erase: ["a", "--yes"] };
    const { exitCode, out, err } = await run.journeys(command, ...(operands[command] ?? ["a"]), "--stack", "Nowhere");
    expect([exitCode, out, err]).toEqual([2, "", expect.stringContaining('There is no stack "Nowhere"')]);
  },
);
