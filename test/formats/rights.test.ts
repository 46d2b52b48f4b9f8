/**
 * Least privilege, shown: each request that a function sends in the life of a customer is a permission of its role, and
 * each permission of a role is used, or has a reason why it is not used here.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FunctionName } from "../../lambdas/adapters/environment.ts";
import { DeployedFunctions } from "./deployed-functions.ts";
import { execution, functionNames, mayOf, neededFor, type Places, passing, schedules } from "./permissions.ts";
import { Sheet } from "./sheet.ts";
import { wholeLife } from "./whole-life.ts";

const readVersion = {
  "dynamodb:GetItem on Tables/Journeys.Arn": "a customer stays on a version that is no longer live",
};
const keepEvent = {
  "dynamodb:UpdateItem on Tables/Customers.Arn": "a journey or its goals last longer than events are kept",
};
const readSegment = { "dynamodb:GetItem on Tables/Templates.Arn": "a live journey names a segment" };
const signal = "states:SendTaskSuccess on Machine/StateMachine";
const stop = `states:StopExecution on ${execution}`;

/** Permissions that no request of this life needs, and the case that needs them. `test/wired` has these cases. */
const unused: Record<FunctionName, Readonly<Record<string, string>>> = {
  "trigger-matcher": {
    ...readVersion,
    "sqs:SendMessage on Entries/Queue.Arn": "AWS throttles: a customer of a run goes back to the queue",
    ...readSegment,
    ...keepEvent,
    [signal]: "an event ends the wait of a customer who has just entered",
  },
  advance: {
    ...keepEvent,
  },
  "await-signal": { [signal]: "the signal came before the token was stored" },
  "exit-evaluator": {
    ...readVersion,
    ...readSegment,
    [signal]: "an event ends a wait",
    "dynamodb:BatchWriteItem on Tables/Customers.Arn": "trigger-matcher died between the tombstone and the removal",
    "dynamodb:ConditionCheckItem on Tables/Customers.Arn": "a customer leaves the conversation of a number",
  },
  "message-status": readSegment,
  "journey-publisher": {
    "dynamodb:BatchGetItem on Tables/Journeys.Arn": "other journeys are live when the function starts",
    [`scheduler:DeleteSchedule on ${schedules}`]: "a journey is paused, or has no schedule any more",
  },
  "journey-status": {
    ...readSegment,
    "sqs:SendMessage on StatusTasks/Queue.Arn": "one call does not reach all customers: a task for the rest is added",
    [signal]: "a journey is not held any more: parked customers go on",
  },
  reconciler: {
    ...readVersion,
    "dynamodb:UpdateItem on Tables/Counters.Arn": "an enrollment is closed because nothing moves it",
    [signal]: "a signal was stored and its execution still waits",
    [stop]: "an enrollment has ended and its execution still runs",
    [`scheduler:CreateSchedule on ${schedules}`]: "the schedule of a journey is missing",
    [`scheduler:UpdateSchedule on ${schedules}`]: "the schedule of a journey has another time",
    [`scheduler:DeleteSchedule on ${schedules}`]: "a journey that is not active has a schedule",
    [passing]: "the schedule of a journey is missing",
  },
  unsubscribe: {},
  "audience-run": {
    ...readSegment,
    "dynamodb:UpdateItem on Tables/Counters.Arn": "the run ends",
    "dynamodb:Query on Tables/Customers.Arn/index/happened": "the audience counts events, or the run is about an event",
    [`scheduler:CreateSchedule on ${schedules}`]: "the schedule was deleted between its start and the run",
    [`scheduler:DeleteSchedule on ${schedules}`]: "the schedule has no further occurrence",
  },
  "unsubscription-writer": {},
};

const tables: Readonly<Record<string, string>> = {
  customers: "Customers",
  counters: "Counters",
  journeys: "Journeys",
  templates: "Templates",
};

const queues: Readonly<Record<string, string>> = {
  events: "Events/Queue",
  "dead-letters": "Events/DeadLetters",
  "status-tasks": "StatusTasks/Queue",
  entries: "Entries/Queue",
};

const places: Places = {
  table: (name) => tables[name] ?? name,
  queue: (url) => queues[url.split("/").at(-1) ?? ""] ?? url,
  machine: (arn) => (/Runs(:|$)/.test(arn) ? "RunMachine/StateMachine" : "Machine/StateMachine"),
  secret: (id) => (id === "arn:key" ? "AddressKey/Key" : "Unsubscribe/SigningSecret"),
};

const functions = new DeployedFunctions();
/** The requests that each function sent. */
const did = new Map<string, Set<string>>();

beforeAll(async () => {
  await functions.start("2026-01-05T09:59:00Z");
  await wholeLife(functions, new Sheet());
  for (const { action, input, caller } of functions.aws.log) {
    const needed = neededFor(action, input, places) ?? expect.fail(`No permission is known for ${action}.`);
    did.set(caller, new Set([...(did.get(caller) ?? []), ...needed]));
  }
}, 60_000);

afterAll(() => functions.stop());

describe.each(functionNames)("%s", (name) => {
  const may = mayOf(name);

  test("may do all that it does", () => {
    expect([...(did.get(name) ?? [])].filter((permission) => !may.includes(permission))).toEqual([]);
    expect(did.get(name)?.size).toBeGreaterThan(0);
  });

  test("does all that it may do, or there is a reason why it may", () => {
    const idle = may.filter((permission) => !did.get(name)?.has(permission));
    expect(idle.sort()).toEqual(Object.keys(unused[name]).sort());
  });
});
