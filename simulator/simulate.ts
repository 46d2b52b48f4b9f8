/** Runs a scenario on a virtual clock, through the use cases and the interpreter that production runs. */

import { matchEvent } from "../lambdas/app/entry/match-event.ts";
import { evaluateChange } from "../lambdas/app/exits/evaluate-change.ts";
import { handleDeliveryReport } from "../lambdas/app/messages/handle-delivery-report.ts";
import type { Bus, Mail, Ports } from "../lambdas/app/ports.ts";
import { publishJourney } from "../lambdas/app/publish/publish-journey.ts";
import { checkTemplate } from "../lambdas/domain/checks/check-journey.ts";
import { unknownCustomer } from "../lambdas/domain/customer/customer.ts";
import { mergeChanges } from "../lambdas/domain/customer/merge-changes.ts";
import { unusableAttributes } from "../lambdas/domain/customer/reserved-attributes.ts";
import type { Problem } from "../lambdas/domain/documents/problem.ts";
import { parseEvent, SYSTEM_SOURCE } from "../lambdas/domain/events/event.ts";
import { isSystemEvent } from "../lambdas/domain/events/system-events.ts";
import { EPOCH, plus, type Time, toTime } from "../lambdas/domain/time/time.ts";
import type { JsonObject } from "../lambdas/domain/values/json.ts";
import { AudienceRuns, onlyOccurrence } from "./audience-runs.ts";
import { type Instruments, noInstruments } from "./instruments.ts";
import { MemoryJourneys, MemoryTemplates } from "./memory-journeys.ts";
import { memoryPorts, simulatedLinks } from "./memory-ports.ts";
import { MemoryStore, type Stored } from "./memory-store.ts";
import { aimOf, type Scenario } from "./scenario.ts";
import { summaryOf } from "./summary.ts";
import {
  enrollmentLines,
  messageLine,
  notEnteredLine,
  requestLine,
  type Summary,
  type TimelineLine,
} from "./timeline.ts";
import { VirtualClock } from "./virtual-clock.ts";
import { VirtualExecutions } from "./virtual-executions.ts";

/** Without `until`, the simulation ends this long after the last event, status or edit of the scenario. */
const FOLLOWED = "P366D";

export interface Simulation {
  readonly summary: Summary;
  /** Parts of the scenario that had no effect, such as a status of a message that was never sent. */
  readonly warnings: readonly string[];
  readonly store: MemoryStore;
}

export type SimulationResult = Simulation | { readonly problems: readonly Problem[] };

type Print = (line: TimelineLine) => void;

/** Calls `print` with each line at its time. A scenario whose documents have problems does not run. */
export async function simulate(
  scenario: Scenario,
  print: Print,
  instruments: Instruments = noInstruments,
): Promise<SimulationResult> {
  const world = new World(scenario, print, instruments);
  const problems = await world.publishAll(scenario);
  if (problems.length > 0) return { problems };
  world.plan(scenario);
  await world.clock.run(world.until);
  const { warnings, store, journeys, messages } = world;
  return { summary: summaryOf(store, journeys.all(), messages), warnings, store };
}

/** The moments that the scenario names. The first one is the start of time. */
function momentsOf({ journeys = [], events = [], statuses = [], edits = [], entries = [] }: Scenario): Time[] {
  const named = [...events, ...statuses, ...edits, ...entries].map(({ at }) => toTime(at) as Time);
  return [...named, ...journeys.flatMap((document) => onlyOccurrence(document) ?? [])];
}

class World {
  readonly clock: VirtualClock;
  readonly until: Time;
  readonly warnings: string[] = [];
  readonly store: MemoryStore;
  readonly journeys = new MemoryJourneys();
  private readonly templates = new MemoryTemplates();
  private readonly ports: Ports;
  private readonly print: Print;
  private readonly runs: AudienceRuns;
  private readonly instruments: Instruments;
  messages = 0;
  private deliveries = 0;

  constructor(scenario: Scenario, print: Print, instruments: Instruments) {
    const moments = momentsOf(scenario).sort();
    const last = moments.at(-1) ?? "2026-01-01T00:00:00.000Z";
    this.clock = new VirtualClock(moments[0] ?? last);
    this.until = toTime(scenario.until) ?? plus(last, FOLLOWED);
    this.print = print;
    this.instruments = instruments;
    this.store = new MemoryStore((stored) => this.onStored(stored));
    const executions = new VirtualExecutions(this.clock, instruments);
    const { clock, store, journeys, templates, mail, bus } = this;
    const { limits } = scenario;
    this.runs = new AudienceRuns({
      clock,
      enrollmentPorts: () => this.ports,
      customerIds: () => [...store.all()].map(({ customer }) => customer.customerId),
      print,
      warn: (text) => this.warn(text),
    });
    const given = {
      clock,
      journeys,
      templates,
      executions,
      mail,
      bus,
      limits,
      schedules: this.runs,
      unsubscribeLinks: simulatedLinks,
    };
    this.ports = instruments.ports(memoryPorts(store, given));
    executions.ports = this.ports;
  }

  private readonly mail: Mail = {
    send: async (message, claim) => {
      this.messages++;
      this.print(messageLine(message, claim, this.clock.now()));
      return { sent: true };
    },
  };

  private readonly bus: Bus = {
    publish: async (events) => {
      for (const event of events) {
        const { name, ...detail } = event;
        if (isSystemEvent(name) && name === "message.requested") {
          this.messages++;
          this.print(requestLine(event));
        } else if (!isSystemEvent(name) || name === "customer.changed")
          this.clock.follow(() => this.deliver(SYSTEM_SOURCE, name, this.clock.now(), detail));
      }
    },
  };

  async publishAll({ journeys = [], templates = [], customers = [] }: Scenario): Promise<Problem[]> {
    const problems: Problem[] = [];
    const refuse = (place: string, found: readonly Problem[]) =>
      problems.push(
        ...found.map((problem) => ({ ...problem, path: problem.path === "" ? place : `${place}.${problem.path}` })),
      );
    for (const [index, document] of templates.entries()) {
      const checked = checkTemplate(document);
      if ("problems" in checked) refuse(`templates[${index}]`, checked.problems);
      else this.templates.put(checked.value);
    }
    for (const [index, document] of journeys.entries()) {
      const { problems } = await publishJourney(String(document.id), document, this.ports);
      refuse(`journeys[${index}]`, problems);
    }
    for (const { customerId, ...attributes } of customers) {
      this.warnOfUnusable(`customer "${customerId}"`, attributes as JsonObject);
      const unknown = unknownCustomer(customerId as string);
      this.store.seed({ ...mergeChanges(unknown, attributes as JsonObject, EPOCH, 0), revision: 1 });
    }
    return problems;
  }

  plan({ events = [], statuses = [], edits = [], entries = [] }: Scenario): void {
    const plan = (at: string, run: () => Promise<void>) => this.clock.plan(toTime(at) as Time, "world", run);
    for (const { at, journey, template } of edits)
      plan(at, () => (journey ? this.edit(journey) : this.editTemplate(template)));
    for (const { at, event, ...detail } of events)
      plan(at, () => this.deliver("simulator", event, toTime(at) as Time, detail));
    for (const status of statuses) plan(status.at, () => this.report(status));
    for (const entry of entries) plan(entry.at, () => this.runs.start({ journeyId: entry.journey, aim: aimOf(entry) }));
  }

  private async edit(document: JsonObject | Record<string, unknown>): Promise<void> {
    const { state, problems } = await publishJourney(String(document.id), document, this.ports);
    if (state === "rejected")
      for (const { path, message } of problems)
        this.warn(`the edit of "${document.id}" was rejected: ${path}: ${message}`);
  }

  private async editTemplate(document: unknown): Promise<void> {
    const checked = checkTemplate(document);
    if ("value" in checked) this.templates.put(checked.value);
    else
      for (const { path, message } of checked.problems)
        this.warn(`an edit of a template was rejected: ${path}: ${message}`);
  }

  private async deliver(source: string, name: string, time: Time, detail: object): Promise<void> {
    const id = `delivery-${this.deliveries++}`;
    const parsed = parseEvent({ id, source, "detail-type": name, time, detail }, { now: this.clock.now() });
    // The simulator makes one call after the other on the newest data, so it ignores requests to re-check a delivery.
    if ("event" in parsed) {
      this.warnOfUnusable(`event "${name}"`, parsed.event.changes ?? {});
      await this.instruments.call("trigger-matcher", () => matchEvent(parsed.event, this.ports));
    } else
      for (const { path, message } of parsed.problems) this.warn(`event "${name}" was rejected: ${path}: ${message}`);
  }

  private async report({ at, customerId, message, status }: NonNullable<Scenario["statuses"]>[number]): Promise<void> {
    const enrollments = await this.store.enrollments(customerId);
    const newest = enrollments
      .flatMap(({ messages }) =>
        messages.filter(({ componentId, state }) => componentId === message && state !== "skipped"),
      )
      .sort((a, b) => (a.claimedAt < b.claimedAt ? -1 : 1))
      .at(-1);
    if (!newest) return this.warn(`status "${status}": "${message}" had sent no message to ${customerId}`);
    const { messageId } = newest;
    const reported = { customerId, messageId, status, time: toTime(at) as Time };
    await this.instruments.call("message-status", () => handleDeliveryReport(reported, this.ports));
  }

  private onStored(stored: Stored): void {
    const now = this.clock.now();
    if (stored.kind === "reason") {
      this.print(notEnteredLine(stored.reason));
      return;
    }
    if (stored.kind === "enrollment")
      for (const line of enrollmentLines(stored.before, stored.after, now)) this.print(line);
    this.clock.follow(() => this.instruments.call("exit-evaluator", () => evaluateChange(stored, this.ports)));
  }

  private warnOfUnusable(source: string, changes: JsonObject): void {
    for (const { attribute, reason } of unusableAttributes(changes))
      this.warn(`${source}: the value of ${attribute} cannot be used (${reason}).`);
  }

  private warn(text: string): void {
    this.warnings.push(`${this.clock.now()} ${text}`);
  }
}
