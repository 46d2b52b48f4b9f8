/** Notes the formats that need other customers: a queue for email, a long id, a missing address, splits, and failures. */
import { marshall } from "@aws-sdk/util-dynamodb";
import { letter } from "./documents.ts";
import type { Plain } from "./memory-tables.ts";
import { ANN, Observer, refOf } from "./observer.ts";

/** As long as an id may be: 128 bytes. */
const LONG = "ü".repeat(64);

export class Others extends Observer {
  /** One customer has a long id and waits for a turn to send. Another has no address, and their execution gives up. */
  async queue(): Promise<void> {
    const { functions, sheet } = this;
    const entered = async (customerId: string, customer: object) => {
      const data = { cartId: 1, total: 1 };
      await functions.event("cart.left", { id: "e-9", customerId, data, customer });
      const ref = refOf(this.taken("StartExecution")[0]);
      sheet.shorten(ref.enrollmentId, `$${customerId.slice(0, 4)}`);
      await functions.call("advance", ref);
      return ref;
    };
    const second = await entered(LONG, { email: "second@shop.example" });
    const { position, steps } = this.enrollment(second) as { position: Plain; steps: Plain[] };
    sheet.fact("Customers: enrollment", "queued", { position, step: steps.at(-1) });
    this.at("2026-01-05T10:00:01Z");
    await functions.call("advance", second);
    sheet.fact("Email", "longId", this.taken("SendEmail")[0]?.EmailTags);
    const third = await entered("dora", {});
    sheet.fact("Customers: enrollment", "skipped", this.enrollment(third).messages);
    await functions.call("advance", { ...third, failed: "States.Timeout" });
    const { status, reason } = this.enrollment(third);
    sheet.fact("Customers: enrollment", "failed", { status, reason });
    await functions.stream();
    const events = this.published();
    sheet.fact("Bus", "skipped", events.get("message.skipped"));
    sheet.fact("Bus", "failed", events.get("journey.failed"));
  }

  /** Notes the branch of a split that each customer takes, and the shards of their enrollments and counts. */
  async drawLots(): Promise<void> {
    const { functions, sheet } = this;
    const customers = Array.from({ length: 6 }, (_, index) => `customer-${index + 1}`);
    for (const customerId of customers) await functions.event("lot.drawn", { id: `of-${customerId}`, customerId });
    for (const { input } of this.taken("StartExecution")) await functions.call("advance", refOf({ input }));
    for (const { customerId, journeyId, steps, active } of this.tables.all("customers"))
      if (customers.includes(String(customerId)) && steps) {
        const [{ outcome }] = steps as [{ outcome: string }];
        sheet.fact("Shares", `${journeyId}.${customerId}`, `${outcome}, index ${active}`);
      }
    const counted = this.tables.all("counters").filter(({ journey }) => /^(draw|raffle)#/.test(String(journey)));
    for (const [shard, items] of Map.groupBy(counted, ({ journey }) => String(journey)))
      sheet.fact(
        "Counters",
        `apart["${shard}"]`,
        items
          .map(({ scope }) => scope)
          .sort()
          .join(" "),
      );
    const [item] = counted.filter(({ scope }) => scope === "component.second");
    sheet.fact("Counters", "ofComponent", item);
  }

  /** A malformed event becomes a dead letter; an overdue enrollment gets a new execution. */
  async fail(): Promise<void> {
    const { functions, sheet } = this;
    await functions.event("cart.left", { id: "e-5", customerId: "" });
    sheet.fact("Queues", "deadLetter", this.taken("SendMessage").at(-1));
    this.taken("Query");
    this.at("2026-02-20T10:00:00Z");
    await functions.call("reconciler", {});
    sheet.fact("Executions", "restart", this.taken("StartExecution").find(isOfAnn));
    sheet.fact("Customers: enrollment", "lookup", this.lookup("active", "cart#0"));
  }

  /** A schedule comes: a run considers all customers, and one of them enters. */
  async run(): Promise<void> {
    const { functions, sheet } = this;
    this.at("2026-03-01T10:00:00Z");
    this.tables.put("journeys", marshall(letter));
    await functions.stream();
    const [{ ClientToken: _, ...schedule } = {}] = this.taken("CreateSchedule");
    sheet.fact("Schedules", "schedule", schedule);
    this.at("2026-03-02T09:00:00Z");
    const { Input } = (schedule.Target ?? {}) as { Input: string };
    const start = { step: "plan", start: JSON.parse(Input), execution: "execution-1" };
    const { parts, ...planned } = await functions.call<Plain & { parts: number[] }>("audience-run", start);
    sheet.fact("Executions", "runPlanned", { ...planned, parts: parts.length });
    const { journeyId, runId } = planned;
    for (const part of parts) await functions.call("audience-run", { step: "consider", journeyId, runId, part });
    const [{ QueueUrl, Entries } = {}] = this.taken("SendMessageBatch") as { QueueUrl: string; Entries: Plain[] }[];
    const body = String(Entries?.[0]?.MessageBody);
    sheet.fact("Queues", "ofRun", { QueueUrl, MessageBody: body });
    await functions.message("trigger-matcher", body);
    const decided = this.tables.all("customers").filter(({ outcome }) => outcome !== undefined);
    sheet.fact("Customers: run", "considered", decided[0]);
    const step = { step: "sum-up", journeyId, runId, look: null };
    const { parts: again, ...summed } = await functions.call<Plain & { parts: number[] }>("audience-run", step);
    sheet.fact("Executions", "runSummed", { ...summed, parts: again.length });
    const stored = this.tables.all("counters").filter(({ journey }) => /^~(run|part)/.test(String(journey)));
    for (const item of stored)
      if (item.part === undefined || item.part === 0)
        sheet.fact("Runs", `${item.journey} ${item.scope}`.replace(/[^a-z0-9~-]+/gi, "-"), item);
    await functions.call("reconciler", {});
  }

  /** An admin stops a journey; the customers inside exit in tasks. */
  async stop(): Promise<void> {
    const { functions, sheet } = this;
    const raffle = this.document("raffle", ({ version }) => version === "current");
    this.tables.put("journeys", marshall({ ...raffle, status: "stopped" }));
    await functions.stream();
    sheet.fact("Journeys", "stopped.stoppedAt", this.pointer("raffle")?.stoppedAt);
    const [{ QueueUrl, Entries }] = this.taken("SendMessageBatch") as [{ QueueUrl: string; Entries: Plain[] }];
    sheet.fact("Queues", "statusTask", { QueueUrl, ...Entries[1] });
    await functions.message("journey-status", String(Entries[1]?.MessageBody));
    sheet.fact("Counters", "progress", this.counter("work"));
  }

  /** An edit adds a goal: the customers inside are rechecked. */
  async edit(): Promise<void> {
    const { functions, sheet } = this;
    const cart = this.document("cart", ({ version }) => version === "current") as { goals: object[] };
    const goals = [...cart.goals, { id: "review", event: "reviewed" }];
    this.tables.put("journeys", marshall({ ...cart, goals }, { removeUndefinedValues: true }));
    await functions.stream();
    sheet.fact("Journeys", "edited.goalsChangedAt", this.pointer("Cart")?.goalsChangedAt);
    const [{ QueueUrl, Entries }] = this.taken("SendMessageBatch") as [{ QueueUrl: string; Entries: Plain[] }];
    sheet.fact("Queues", "recheckTask", { QueueUrl, ...Entries[1] });
    await functions.message("journey-status", String(Entries[1]?.MessageBody));
  }

  /** Long after a customer has left a journey several times, an event closes the enrollments. */
  async close(): Promise<void> {
    const { functions, sheet } = this;
    for (const n of [1, 2, 3]) {
      const data = { cartId: `cart ${n} of cleo`, total: 1 };
      await functions.event("cart.left", { id: `cleo-${n}`, customerId: "cleo", data });
    }
    await functions.event("order.placed", { id: "cleo-4", customerId: "cleo" });
    await functions.stream();
    this.at("2026-04-20T10:00:00Z");
    for (const n of [5, 6]) {
      await functions.event("order.placed", { id: `cleo-${n}`, customerId: "cleo" });
      await functions.stream();
    }
    const [closed] = this.items("enrollment", "cleo").filter((item) => item.closed);
    sheet.id("closed", String(closed?.enrollmentId));
    const { sk, closed: isClosed, status, endedAt, reason } = closed ?? {};
    sheet.fact("Customers: enrollment", "closed", {
      sk,
      closed: isClosed,
      status,
      endedAt,
      reason,
      has: Object.keys(closed ?? {})
        .sort()
        .join(" "),
    });
  }
}

/** The reconciler starts at another journey in each run. */
function isOfAnn({ input }: Readonly<Record<string, unknown>>): boolean {
  return String(input).includes(ANN);
}
