/**
 * Counts the AWS requests that the use cases would make. The meter wraps the simulator's ports, sees every call, and
 * derives the requests that the adapters would make, with the items that they would write.
 *
 * Reads of journeys, circuit breakers and templates are not counted: functions cache them for seconds, so their number
 * depends on the number of warm functions and not on the number of customers.
 */
import type { Instruction } from "../../lambdas/app/instruction.ts";
import type { Bus, Executions, Ports } from "../../lambdas/app/ports.ts";
import type { Mail, Sms, Whatsapp } from "../../lambdas/app/sending-ports.ts";
import { partsOf } from "../../lambdas/domain/messages/sms-parts.ts";
import type { Instruments, SimulatedFunction } from "../../simulator/instruments.ts";
import { meteredStore, type Units } from "./metered-store.ts";
import { transitionsOf } from "./transitions.ts";
import { APPROVED_TEMPLATE, nameOf, PLAIN_TEXT, type Usage, type Used } from "./usage.ts";
import { WrittenItems } from "./written-items.ts";

const ENTRIES_PER_REQUEST = 10;

export class Meter implements Instruments {
  private readonly used = new Map<string, Used>();
  private readonly calls: Record<string, number> = {};
  private readonly items = new WrittenItems();
  private transitions = 0;
  private caller = "";

  usage(): Usage {
    const requests = [...this.used.values()].map((used) => ({ ...used }));
    return { requests, calls: { ...this.calls }, transitions: this.transitions };
  }

  async call<T>(name: SimulatedFunction, run: () => Promise<T>): Promise<T> {
    this.calls[name] = (this.calls[name] ?? 0) + 1;
    this.caller = name;
    const result = await run();
    if (name === "advance") this.transitions += transitionsOf(result as Instruction);
    return result;
  }

  ports(ports: Ports): Ports {
    return {
      ...ports,
      store: meteredStore(ports, this.items, (...request) => this.note(...request)),
      executions: this.executions(ports.executions),
      mail: this.mail(ports.mail),
      sms: ports.sms && this.sms(ports.sms),
      whatsapp: ports.whatsapp && this.whatsapp(ports.whatsapp),
      bus: this.bus(ports.bus),
    };
  }

  private note(api: string, what: string, { requests = 1, write = 0, read = 0, entries = 0, parts }: Units = {}): void {
    const key = { function: this.caller, api, what };
    const used = this.used.get(nameOf(key)) ?? { ...key, requests: 0, writeUnits: 0, readUnits: 0, entries: 0 };
    used.requests += requests;
    used.writeUnits += write;
    used.readUnits += read;
    used.entries += entries;
    if (parts !== undefined) used.parts = (used.parts ?? 0) + parts;
    this.used.set(nameOf(key), used);
  }

  private executions(executions: Executions): Executions {
    return {
      start: (ref, attempt) => {
        this.note("StartExecution", "enrollment");
        return executions.start(ref, attempt);
      },
      stop: (ref, attempt) => {
        this.note("StopExecution", "enrollment");
        return executions.stop(ref, attempt);
      },
      signal: (token) => {
        this.note("SendTaskSuccess", "enrollment");
        return executions.signal(token);
      },
      isRunning: (ref, attempt) => {
        this.note("DescribeExecution", "enrollment");
        return executions.isRunning(ref, attempt);
      },
    };
  }

  private sms(sms: Sms): Sms {
    return {
      send: (message, claim) => {
        this.note("SendTextMessage", "message", partsOf(message.text ?? ""));
        return sms.send(message, claim);
      },
    };
  }

  private whatsapp(whatsapp: Whatsapp): Whatsapp {
    return {
      send: (message, claim) => {
        this.note("SendWhatsAppMessage", message.whatsapp ? APPROVED_TEMPLATE : PLAIN_TEXT);
        return whatsapp.send(message, claim);
      },
    };
  }

  private mail(mail: Mail): Mail {
    return {
      send: (message, claim) => {
        this.note("SendEmail", "message");
        return mail.send(message, claim);
      },
    };
  }

  private bus(bus: Bus): Bus {
    return {
      publish: (events) => {
        const requests = Math.ceil(events.length / ENTRIES_PER_REQUEST);
        this.note("PutEvents", events.map(({ name }) => name).join(" + "), { requests, entries: events.length });
        return bus.publish(events);
      },
    };
  }
}
