/** `npm run bench -- scale`: which limit of AWS each scenario meets first, in the large regions and in the others. */
import { total } from "../insight/cost/usage.ts";
import { usageFor } from "./cost.ts";
import { number, type Table } from "./print/table.ts";
import { recheck, stop, turns, wake } from "./scale/crowds.ts";
import { burst, type Demand, journeysLive, type PerEnrollment, steady, stored } from "./scale/model.ts";
import { everywhere, quotas, type Region } from "./scale/quotas.ts";

/** The reference workload, by the requests that its functions make. */
export async function perEnrollment(customers = 100): Promise<PerEnrollment> {
  const usage = await usageFor(customers);
  const { transitions, writeUnits, readUnits, events, emails } = total(usage);
  const writes = usage.requests.filter(({ api }) => api === "PutItem" || api === "TransactWriteItems");
  const sum = (has: string) =>
    writes.filter(({ what }) => what.split(" + ").includes(has)).reduce((all, { requests }) => all + requests, 0);
  const each = (amount: number) => amount / customers;
  return {
    transitions: each(transitions),
    writeUnits: each(writeUnits),
    readUnits: each(readUnits),
    indexWrites: each(sum("enrollment")),
    counts: each(sum("counts")),
    events: each(events),
    emails: each(emails),
  };
}

export type Scenarios = readonly (readonly [name: string, demands: readonly Demand[]])[];

export function scenarios(each: PerEnrollment, region: Region): Scenarios {
  return [
    ["1,000,000 enrollments a day, 5 days each", steady(1_000_000, 5, each, region)],
    ["100,000 events in one minute", burst(100_000, 60, each, region)],
    ["50,000,000 profiles", stored(50_000_000, region)],
    ["10,000 journeys, 100 processes", journeysLive(10_000, 100)],
    ["1,000,000 customers wake in one second", wake(1_000_000, region, everywhere.concurrency)],
    ["the same in an account with 10 concurrent calls", wake(1_000_000, region, everywhere.newConcurrency)],
    ["a stop with 10,000 customers inside", stop(10_000, region)],
    ["a stop with 1,000,000 customers inside", stop(1_000_000, region)],
    ["an edit of the rules with 1,000,000 customers inside", recheck(1_000_000)],
    ["500 emails a second, with mailRate", turns(500)],
  ];
}

export const share = ({ needs, has }: Demand) => needs / has;

export async function scale(): Promise<readonly Table[]> {
  const each = await perEnrollment();
  return (Object.keys(quotas) as Region[]).map((region) => ({
    title: `Which limit is met first: ${region === "large" ? "us-east-1, us-west-2, eu-west-1" : "other regions"}`,
    columns: ["scenario", "limit", "needs", "has", "share", "beyond it"],
    rows: scenarios(each, region).flatMap(([name, demands]) =>
      demands
        .toSorted((a, b) => share(b) - share(a))
        .map((demand, index) => [
          index === 0 ? name : "",
          demand.limit,
          amount(demand.needs),
          amount(demand.has),
          `${amount(100 * share(demand))} %`,
          demand.then,
        ]),
    ),
  }));
}

const amount = (value: number) => number(value, value < 10 ? 1 : 0);
