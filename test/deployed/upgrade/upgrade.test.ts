/**
 * The current code over the items of the release before (`test/upgrade/items.json`, made by the functions of that release),
 * with customers inside: everyone goes on to the end. The emulator empties a table that an update changes, so the items are
 * loaded after the deployment, with their times moved to the present of the stack. Executions of the release before do not
 * exist here; each customer gets a new one under its next number, as the reconciler starts it.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { StartExecutionCommand } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Item } from "../../../cli/deployed/stack.ts";
import type { TableOutput } from "../../../lambdas/adapters/stack-outputs.ts";
import { type Running, running } from "../running.ts";
import { until } from "../waiting.ts";

interface Items {
  readonly at: string;
  readonly tables: Readonly<Record<string, readonly Item[]>>;
}

const tables: Readonly<Record<string, TableOutput>> = {
  "the-journeys": "JourneysTableName",
  "the-templates": "TemplatesTableName",
  "the-customers": "CustomersTableName",
  "the-counters": "CountersTableName",
};
const inside = ["new", "reading", "answering", "staying", "claimed", "vip", "parked"];

let run: Running;

/** The stored items, with every time moved so that the release before has just stored them. */
function itemsAt(now: number): Items {
  const text = readFileSync(join(import.meta.dirname, "../../upgrade/items.json"), "utf8");
  const { at } = JSON.parse(text) as Items;
  const later = now - Date.parse(at);
  const moved = (time: string) => new Date(Date.parse(time) + later).toISOString();
  return JSON.parse(text.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, moved)) as Items;
}

const enrollment = async (customerId: string) => {
  const [only] = await run.stack.enrollments(customerId);
  if (!only) throw new Error(`${customerId} has no enrollment.`);
  return only;
};

beforeAll(async () => {
  run = await running();
  const items = itemsAt(Date.parse(run.stack.ports.clock.now()));
  for (const [table, name] of Object.entries(tables))
    for (const item of items.tables[table] ?? []) await run.stack.put(name, item);
  for (const customerId of inside) {
    const { enrollmentId, executions } = await enrollment(customerId);
    const name = `${enrollmentId}-${executions}`;
    const input = JSON.stringify({ customerId, enrollmentId });
    const stateMachineArn = run.stack.output("StateMachineArn");
    await run.stack.executions.send(new StartExecutionCommand({ stateMachineArn, name, input }));
  }
}, 180_000);
afterAll(() => run?.stop(), 60_000);

describe("a customer of the release before", () => {
  test("who has just entered gets the first mail", async () => {
    const mails = await until("a mail", async () => {
      const found = await run.inbox("new@shop.example");
      return found.length > 0 && found;
    });
    expect(mails).toHaveLength(1);
  });

  test("who waits for an event goes on when it happens", async () => {
    await run.stack.publish("said.yes", { customerId: "answering", id: "yes-2" });
    await until("the next component", async () => (await enrollment("answering")).position.componentId === "stay");
  });

  test("who is parked goes on when the journey is no longer held", async () => {
    expect(await run.journeys("resume", "parks")).toMatchObject({ exitCode: 0 });
    await until("the end", async () => (await enrollment("parked")).status === "completed", { seconds: 120 });
  });

  test("who has left reaches a goal", async () => {
    await run.stack.publish("buy", { customerId: "left", id: "buy-1" });
    await until("the goal", async () => "sale" in (await enrollment("left")).goals);
    expect(await enrollment("left")).toMatchObject({ status: "exited" });
  });
});

test("everyone completes, nobody gets a mail twice, and the counters equal the enrollments", {
  timeout: 420_000,
}, async () => {
  for (const customerId of inside)
    await until(`the end of ${customerId}`, async () => (await enrollment(customerId)).status !== "active", {
      seconds: 400,
      instead: () => enrollment(customerId),
    });
  for (const customerId of inside) {
    expect((await enrollment(customerId)).status, customerId).toBe("completed");
    expect((await run.inbox(`${customerId}@shop.example`)).length, customerId).toBe(customerId === "new" ? 1 : 0);
  }
  for (const journey of ["j", "changes", "parks"]) {
    const { out } = await run.journeys("recount", journey, "--json");
    expect(JSON.parse(out), journey).toMatchObject({ differences: [] });
  }
});
