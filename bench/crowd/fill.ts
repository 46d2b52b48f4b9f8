/**
 * Lets very many customers enter a journey at once, in a process of its own. It runs the use cases of trigger-matcher and
 * advance, and every commit of theirs goes to the real tables, so everything is stored as the functions store it. Two
 * things make it cheap. The use cases read from memory, which has the same items. And only the first customers get an
 * execution of Step Functions, because the emulator cannot run ten thousand. The argument is a `Filling` as JSON.
 */
import { dynamodbBreakers } from "../../lambdas/adapters/dynamodb/breakers.ts";
import { dynamodbTemplates } from "../../lambdas/adapters/dynamodb/templates.ts";
import { awsPorts } from "../../lambdas/adapters/ports.ts";
import { stepFunctions } from "../../lambdas/adapters/step-functions.ts";
import { matchEvent } from "../../lambdas/app/entry/match-event.ts";
import { throwFirst } from "../../lambdas/app/errors.ts";
import { inParallel } from "../../lambdas/app/in-parallel.ts";
import type { Executions } from "../../lambdas/app/ports.ts";
import type { Store } from "../../lambdas/app/store.ts";
import { advanceEnrollment } from "../../lambdas/app/walk/advance-enrollment.ts";
import { parseEvent } from "../../lambdas/domain/events/event.ts";
import { MemoryStore } from "../../simulator/memory-store.ts";

export interface Filling {
  readonly event: string;
  readonly people: number;
  /** So many of the customers get an execution. */
  readonly executions: number;
  readonly outputs: Readonly<Record<string, string>>;
}

const AT_ONCE = 24;

const { event, people, executions, outputs } = JSON.parse(process.argv[2] ?? "") as Filling;
const output = (name: string) => outputs[name] ?? "";
const executing = stepFunctions(output("StateMachineArn"));
const none: Executions = { ...executing, start: async () => {} };
const never = () => Promise.reject(new Error("Nobody gets a message before the journey is stopped."));

const real = awsPorts(
  {
    JOURNEYS_TABLE: output("JourneysTableName"),
    TEMPLATES_TABLE: output("TemplatesTableName"),
    CUSTOMERS_TABLE: output("CustomersTableName"),
    COUNTERS_TABLE: output("CountersTableName"),
    EVENT_RETENTION_DAYS: 400,
  },
  {
    templates: dynamodbTemplates(output("TemplatesTableName"), 5_000),
    breakers: dynamodbBreakers(output("CountersTableName"), 5_000),
    sms: undefined,
    whatsapp: undefined,
    sentIds: undefined,
    mail: { send: never },
    bus: { publish: never },
    sendRate: undefined,
    sender: undefined,
    limits: undefined,
    unsubscribeLinks: undefined,
    addressKey: undefined,
  },
);

const memory = new MemoryStore(() => {});
const store: Store = Object.assign(Object.create(memory), {
  async commit(changes: Parameters<Store["commit"]>[0]) {
    await memory.commit(changes);
    await real.store.commit(changes);
  },
});
const ports = { ...real, store };

async function enter(n: number): Promise<void> {
  const customerId = `crowd-${n}`;
  const now = ports.clock.now();
  const detail = { customerId, id: `enters-${n}`, customer: { email: `${customerId}@shop.example` } };
  const parsed = parseEvent({ id: `delivery-${n}`, source: "shop", "detail-type": event, time: now, detail }, { now });
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  const isWalked = n < executions;
  await matchEvent(parsed.event, { ...ports, executions: isWalked ? executing : none });
  const [enrollment] = isWalked ? [] : await ports.store.enrollments(customerId);
  if (enrollment) await advanceEnrollment(enrollment, ports);
}

throwFirst(
  await inParallel(
    Array.from({ length: people }, (_, n) => n),
    AT_ONCE,
    enter,
  ),
);
