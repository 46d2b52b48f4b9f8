/**
 * Adds customers to the embedded engine, before and after its present: copies of each customer of an example's scenario
 * do the same on other days, under other ids. So the counts look like the counts of a shop that has run for a month,
 * and more customers come when the person lets time pass. No random numbers are used: every start has the same crowd.
 */
import type { Status } from "../../lambdas/domain/messages/message-status.ts";
import type { Time } from "../../lambdas/domain/time/time.ts";
import { fromMilliseconds, toMilliseconds, toTime } from "../../lambdas/domain/time/time.ts";
import type { Json, JsonObject } from "../../lambdas/domain/values/json.ts";
import type { Example } from "./examples.ts";

export interface CrowdEvent {
  readonly at: Time;
  readonly name: string;
  readonly detail: JsonObject;
}

export interface CrowdStatus {
  readonly at: Time;
  readonly customerId: string;
  readonly message: string;
  readonly status: Status;
}

export interface Crowd {
  readonly customers: readonly JsonObject[];
  readonly events: readonly CrowdEvent[];
  readonly statuses: readonly CrowdStatus[];
}

const DAY = 24 * 3_600_000;

/** `start`: the first day. `rounds`: how often each scenario is played, `every` days apart. */
export function crowdOf(examples: readonly Example[], start: Time, rounds: number, every: number): Crowd {
  const customers: JsonObject[] = [];
  const events: CrowdEvent[] = [];
  const statuses: CrowdStatus[] = [];
  for (const [place, { name, scenario }] of examples.entries()) {
    const first = toMilliseconds(firstMoment(scenario));
    for (let round = 0; round < rounds; round++) {
      // Each example has its own hour, and each round its own day, so that not all customers come at once.
      const shift = toMilliseconds(start) + (round * every + (place % every)) * DAY + place * 1_700_000 - first;
      const moved = (at: string) => fromMilliseconds(toMilliseconds(toTime(at) as Time) + shift);
      const named = (id: unknown) => `${name}-${String(id).replace(/^c-/, "")}-${round + 1}`;
      customers.push(
        ...(scenario.customers ?? []).map(({ customerId, ...rest }) => ({
          customerId: named(customerId),
          ...(dated(rest as JsonObject, moved) as JsonObject),
        })),
      );
      for (const { at, event, id, customerId, time, data, customer } of scenario.events ?? [])
        events.push({
          at: moved(at),
          name: event,
          detail: present({
            // An event that comes twice in the scenario also comes twice in the crowd.
            id: id === undefined ? undefined : `${name}-${String(id)}-${round + 1}`,
            customerId: named(customerId),
            time: typeof time === "string" ? moved(time) : undefined,
            data: data === undefined ? undefined : dated(data as Json, moved),
            customer: customer === undefined ? undefined : dated(customer as Json, moved),
          }),
        });
      for (const { at, customerId, message, status } of scenario.statuses ?? [])
        statuses.push({ at: moved(at), customerId: named(customerId), message, status });
    }
  }
  return { customers, events, statuses };
}

function firstMoment({ events = [], statuses = [] }: Example["scenario"]): Time {
  const moments = [...events, ...statuses].map(({ at }) => toTime(at) as Time).sort();
  return moments[0] ?? ("2026-01-01T00:00:00.000Z" as Time);
}

/** Moves the moments in data too: a trial that ended in three days still ends in three days. */
function dated(value: Json, moved: (at: string) => Time): Json {
  if (typeof value === "string") return MOMENT.test(value) ? moved(value) : value;
  if (Array.isArray(value)) return value.map((each) => dated(each, moved));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, dated(each as Json, moved)]));
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/;

function present(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as JsonObject;
}
