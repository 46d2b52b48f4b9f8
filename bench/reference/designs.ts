/**
 * The reference workload in two other designs, counted by the same model from the state machines beside this file.
 * Transitions are the states that one execution enters; calls are its tasks. The database requests of a task are set
 * here, with the fewest that keep the same promises: one transaction checks that the customer is still inside and claims
 * the effect, one writes the count with its record, and items are smaller than one kilobyte.
 */
import { readFileSync } from "node:fs";
import type { Usage, Used } from "../../insight/cost/usage.ts";
import { type Machine, walk } from "../../statemachines/walk.ts";

interface Task {
  readonly write: number;
  readonly read: number;
  readonly email?: true;
}

const CLAIM_AND_RECORD = 4 + 4;

const tasks: Readonly<Record<string, Task>> = {
  load: { write: 0, read: 1 },
  send: { write: CLAIM_AND_RECORD, read: 2, email: true },
  rest: { write: 4, read: 1 },
  status: { write: 5, read: 1 },
  branch: { write: 4, read: 2 },
  tag: { write: 6, read: 2 },
  complete: { write: 5, read: 1 },
};

export type Design = "machine-per-journey" | "state-per-component";

const path: readonly string[] = ["send", "wait", "status", "branch", "send", "wait", "tag", "complete"];

/** `entering`: the requests until the execution begins, which are the same in every design. */
export function usageOf(design: Design, entering: Usage): Usage {
  const machine: Machine = JSON.parse(readFileSync(new URL(`${design}.asl.json`, import.meta.url), "utf8"));
  const used: Used[] = [...entering.requests];
  const calls: Record<string, number> = { ...entering.calls };
  let step = 0;
  const functions = Object.fromEntries(
    Object.keys(tasks).map((name) => [
      name,
      () => {
        const { write, read, email } = tasks[name] as Task;
        calls[name] = (calls[name] ?? 0) + 1;
        const asked = { function: name, requests: 1, entries: 0 };
        used.push({ ...asked, api: "TransactWriteItems", what: name, writeUnits: write, readUnits: 0 });
        used.push({ ...asked, api: "GetItem", what: name, writeUnits: 0, readUnits: read });
        if (email) used.push({ ...asked, api: "SendEmail", what: name, writeUnits: 0, readUnits: 0 });
        // Each component tells the interpreter the kind of the next one.
        return { next: path[step++], until: "2026-01-06T00:00:00Z" };
      },
    ]),
  );
  const { states, end } = walk(machine, { enrollmentId: "e" }, functions);
  if (end !== "succeeded") throw new Error(`${design} ends with ${end} after ${states.join(", ")}.`);
  return { requests: used, calls, transitions: states.length };
}
