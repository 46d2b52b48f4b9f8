/**
 * A stack in memory: the use cases over the memory ports, connected as the deployed functions are. A stored change
 * causes the exit evaluator, a published event comes back from the bus, and executions run on the virtual clock.
 */

import { matchEvent } from "../lambdas/app/entry/match-event.ts";
import { evaluateChange } from "../lambdas/app/exits/evaluate-change.ts";
import { handleDeliveryReport } from "../lambdas/app/messages/handle-delivery-report.ts";
import type { ReportedStatus } from "../lambdas/app/messages/record-message-status.ts";
import type { Bus, Ports } from "../lambdas/app/ports.ts";
import type { Mail } from "../lambdas/app/sending-ports.ts";
import { unusableAttributes } from "../lambdas/domain/customer/reserved-attributes.ts";
import type { Problem } from "../lambdas/domain/documents/problem.ts";
import { parseEvent, SYSTEM_SOURCE } from "../lambdas/domain/events/event.ts";
import { isReturningEvent, isSystemEvent } from "../lambdas/domain/events/system-events.ts";
import { MESSAGE_RECEIVED } from "../lambdas/domain/inbound/message-received.ts";
import type { Limits } from "../lambdas/domain/messages/limits.ts";
import { MOST_SMS_CHARACTERS, MOST_WHATSAPP_CHARACTERS } from "../lambdas/domain/messages/text-length.ts";
import type { SendReason } from "../lambdas/domain/reasons/reason.ts";
import { resolvedRun } from "../lambdas/domain/segments/segment-resolver.ts";
import { type Time, toTime } from "../lambdas/domain/time/time.ts";
import type { JsonObject } from "../lambdas/domain/values/json.ts";
import { noteInbound } from "./answers/note-inbound.ts";
import { receiveAnswer } from "./answers/receive-answer.ts";
import { AudienceRuns } from "./audience-runs.ts";
import { ForcedSplits } from "./forced-splits.ts";
import { type Instruments, noInstruments } from "./instruments.ts";
import type { Stored } from "./memory-commit.ts";
import { MemoryJourneys, MemoryTemplates } from "./memory-journeys.ts";
import { memoryPorts, simulatedLinks } from "./memory-ports.ts";
import { MemoryStore } from "./memory-store.ts";
import type { Scenario } from "./scenario.ts";
import { enrollmentLines, messageLine, notEnteredLine, requestLine, type TimelineLine } from "./timeline.ts";
import { VirtualClock } from "./virtual-clock.ts";
import { VirtualExecutions } from "./virtual-executions.ts";

interface Beginning {
  readonly start: Time;
  readonly limits?: Limits | undefined;
  readonly splits?: Scenario["splits"];
  /** The world calls this function with each line of the timeline, at the time of the line. */
  readonly print: (line: TimelineLine) => void;
  readonly instruments?: Instruments;
  /** The documents of another world, so that they are checked and compiled once for many worlds. */
  readonly documents?: Pick<World, "journeys" | "templates">;
}

export class World {
  readonly clock: VirtualClock;
  /** Actions that had no effect, such as an event that was rejected. */
  readonly warnings: string[] = [];
  readonly store: MemoryStore;
  readonly journeys: MemoryJourneys;
  readonly templates: MemoryTemplates;
  readonly ports: Ports;
  readonly runs: AudienceRuns;
  readonly splits: ForcedSplits;
  private readonly print: (line: TimelineLine) => void;
  private readonly instruments: Instruments;
  messages = 0;
  private deliveries = 0;

  constructor({ start, limits, splits, print, instruments = noInstruments, documents }: Beginning) {
    this.journeys = documents?.journeys ?? new MemoryJourneys();
    this.templates = documents?.templates ?? new MemoryTemplates();
    this.clock = new VirtualClock(start);
    this.splits = new ForcedSplits(splits);
    this.print = (line) => {
      this.splits.note(line);
      print(line);
    };
    this.instruments = instruments;
    this.store = new MemoryStore((stored) => this.onStored(stored));
    const executions = new VirtualExecutions(this.clock, instruments, this.splits);
    const { clock, store, journeys, templates, mail, bus } = this;
    this.runs = new AudienceRuns({
      clock,
      enrollmentPorts: () => this.ports,
      resolved: (run) => resolvedRun(run, this.ports.segments),
      customerIds: () => [...store.all()].map(({ customer }) => customer.customerId),
      ended: (run) => this.ports.runs.note(run),
      print,
      warn: (text) => this.warn(text),
    });
    const connected = {
      clock,
      journeys,
      templates,
      executions,
      mail,
      sms: this.texts(MOST_SMS_CHARACTERS),
      whatsapp: this.texts(MOST_WHATSAPP_CHARACTERS),
      bus,
      schedules: this.runs,
    };
    const given = { ...connected, limits, unsubscribeLinks: simulatedLinks };
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

  /** The services of text channels refuse a text with more than `most` characters. */
  private texts(most: number): Mail {
    const send: Mail["send"] = async (message, claim) =>
      (message.text ?? "").length > most
        ? { sent: false, reason: "too-large" satisfies SendReason }
        : this.mail.send(message, claim);
    return { send };
  }

  private readonly bus: Bus = {
    publish: async (events) => {
      for (const event of events) {
        const { name, ...detail } = event;
        if (isSystemEvent(name) && name === "message.requested") {
          this.messages++;
          this.print(requestLine(event));
        } else if (!isSystemEvent(name) || isReturningEvent(name))
          this.clock.follow(async () => void (await this.deliver(SYSTEM_SOURCE, name, this.clock.now(), detail)));
      }
    },
  };

  /** Returns the problems of an event that was rejected. `isAnswer`: a customer has sent this message. */
  async deliver(
    source: string,
    name: string,
    time: Time,
    detail: object,
    isAnswer = name === MESSAGE_RECEIVED && source !== SYSTEM_SOURCE,
  ): Promise<readonly Problem[]> {
    const id = `delivery-${this.deliveries++}`;
    const parsed = parseEvent({ id, source, "detail-type": name, time, detail }, { now: this.clock.now() });
    // The simulator makes one call after the other on the newest data, so it ignores requests to re-check a delivery.
    if ("event" in parsed) {
      this.warnOfUnusable(`event "${name}"`, parsed.event.changes ?? {});
      const { event } = parsed;
      const report = (reported: ReportedStatus) => this.reportMessage(reported);
      const matched = isAnswer ? await receiveAnswer(event, this.ports, report) : event;
      await this.instruments.call("trigger-matcher", () => matchEvent(matched, this.ports));
      return [];
    }
    for (const { path, message } of parsed.problems) this.warn(`event "${name}" was rejected: ${path}: ${message}`);
    return parsed.problems;
  }

  /** Reports a status of the newest message that a component sent to a customer. */
  async report({ at, customerId, message, status }: NonNullable<Scenario["statuses"]>[number]): Promise<void> {
    const enrollments = await this.store.enrollments(customerId);
    const newest = enrollments
      .flatMap(({ messages }) =>
        messages.filter(({ componentId, state }) => componentId === message && state !== "skipped"),
      )
      .sort((a, b) => (a.claimedAt < b.claimedAt ? -1 : 1))
      .at(-1);
    if (!newest) return this.warn(`status "${status}": "${message}" had sent no message to ${customerId}`);
    const { messageId, channel, addressHash } = newest;
    if (status === "replied" && addressHash !== undefined)
      await noteInbound(addressHash, channel, toTime(at) as Time, this.ports);
    await this.reportMessage({ customerId, messageId, status, time: toTime(at) as Time });
  }

  async reportMessage(reported: ReportedStatus): Promise<void> {
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

  warnOfUnusable(source: string, changes: JsonObject): void {
    for (const { attribute, reason } of unusableAttributes(changes))
      this.warn(`${source}: the value of ${attribute} cannot be used (${reason}).`);
  }

  warn(text: string): void {
    this.warnings.push(`${this.clock.now()} ${text}`);
  }
}
