/** In every example, the real passages happen again when they are archived and replayed through the same documents. */
import { globSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadScenario } from "../../../cli/files/load-scenario.ts";
import { processIo } from "../../../cli/process-io.ts";
import type { ArchivedCustomer } from "../../../proof/replay/archive.ts";
import { firstDifference } from "../../../proof/replay/first-difference.ts";
import { type Documents, Replayer, type ReplaySettings } from "../../../proof/replay/replayer.ts";
import type { Scenario } from "../../../simulator/scenario.ts";
import type { CustomerLine } from "../../../simulator/timeline.ts";
import { scenario as greeting, journey } from "../../cli/running.ts";
import { past } from "./past.ts";

const io = processIo();

function scenarioIn(file: string): Scenario {
  const loaded = loadScenario(file, io);
  if ("problems" in loaded) throw new Error(file);
  return loaded.scenario;
}

async function replayer(documents: Documents, settings: ReplaySettings): Promise<Replayer> {
  const made = await Replayer.of(documents, settings);
  if ("problems" in made) throw new Error(JSON.stringify(made.problems));
  return made;
}

const documentsOf = ({ journeys, templates, segments, limits }: Scenario): Documents => ({
  ...(journeys && { journeys }),
  ...(templates && { templates }),
  ...(segments && { segments }),
  ...(limits && { limits }),
});

/** An archive has no edits of documents, and no audience runs that a person started: docs/replay.md says so. */
const notInArchive = ({ edits = [], entries = [] }: Scenario) => edits.length + entries.length > 0;
const files = globSync("examples/*/scenario.json")
  .sort()
  .filter((file) => !notInArchive(scenarioIn(file)));

test("nearly every example is replayed", () => {
  expect(files.length).toBeGreaterThan(10);
});

test.each(files)("replaying the past of %s through itself changes nothing", async (file) => {
  const scenario = scenarioIn(file);
  const { lines, customers, settings } = await past(scenario);
  const made = await replayer(documentsOf(scenario), settings);
  const differences = [];
  for (const customer of customers) {
    const replayed = await made.replay(customer);
    const real = lines.filter((line) => line.customerId === customer.customerId && !isSecondDelivery(line));
    // The address before a change is not stored any more, and the archive says so.
    const compared = (lines: readonly CustomerLine[]) =>
      customer.unknown?.includes("email") ? lines.map(withoutAddress) : lines;
    const found = firstDifference(compared(real), compared(replayed.lines));
    if (found) differences.push(found);
  }
  expect(differences).toEqual([]);
  const archived = new Set(customers.map(({ customerId }) => customerId));
  const erased = (scenario.events ?? []).flatMap(({ event, customerId }) =>
    event === "customer.deleted" ? String(customerId) : [],
  );
  const left = new Set(lines.map(({ customerId }) => customerId).filter((id) => !archived.has(id)));
  expect([...left].sort()).toEqual(erased.sort());
});

const withoutAddress = (line: CustomerLine): CustomerLine => (line.kind === "message" ? { ...line, to: "" } : line);

/** The stack stores an event once, so an archive has no second deliveries. */
const isSecondDelivery = (line: CustomerLine) => line.kind === "not-entered" && line.reason === "duplicate-event";

describe("an archive without personal attributes", () => {
  test("has no attribute that names a person, and the customer can still be written to", async () => {
    const { customers, settings } = await past(greeting as Scenario, false);
    expect(JSON.stringify(customers)).not.toMatch(/ada|firstName/i);
    const made = await replayer(documentsOf(greeting as Scenario), settings);
    const { lines } = await made.replay(customers[0] as ArchivedCustomer);
    expect(lines.map(({ kind }) => kind)).toContain("message");
  });
});

describe("reports", () => {
  const draft = {
    ...greeting,
    journeys: [
      {
        ...journey,
        start: "first",
        components: { ...journey.components, first: { type: "wait", for: "PT1H", next: "greet" } },
      },
    ],
  } as Scenario;

  test("of a message that was really sent come as long after it as they really came", async () => {
    const { customers, settings } = await past(greeting as Scenario);
    const { lines, assumed } = await (await replayer(documentsOf(draft), settings)).replay(
      customers[0] as ArchivedCustomer,
    );
    const tagged = lines.find((line) => line.kind === "component" && line.componentId === "tag");
    expect([assumed, tagged?.at]).toEqual([0, "2026-01-01T11:00:00.000Z"]);
  });

  test.each([
    ["none", {}, "notMet"],
    ["worst", {}, "notMet"],
    ["rates", { greeting: { sent: 2, reported: { read: { count: 2, after: 60_000 } } } }, "met"],
    ["rates", {}, "notMet"],
  ] as const)(
    "of a message that was never sent, by the policy %s with the rates %j: %s",
    async (statuses, rates, outcome) => {
      const { customers, settings } = await past(greeting as Scenario);
      const [{ statuses: _, ...customer }] = customers as [ArchivedCustomer];
      const made = await replayer(documentsOf(greeting as Scenario), { ...settings, statuses, rates });
      const { lines, assumed } = await made.replay(customer);
      const read = lines.findLast((line) => line.kind === "component" && line.componentId === "read");
      expect([assumed, read && "outcome" in read && read.outcome]).toEqual([1, outcome]);
    },
  );
});
