/**
 * The services that send messages and report about them, and the customers who answer. A report about a message by
 * WhatsApp names the service's id only, and may come before the system has stored this id.
 */
import * as z from "zod/mini";
import { serviceMessages } from "../../../lambdas/adapters/sms/service-messages.ts";
import { QuotaError } from "../../../lambdas/app/errors.ts";
import { handleServiceMessage, type ServiceMessage } from "../../../lambdas/app/messages/handle-service-message.ts";
import type { Claim, Mail, SendResult } from "../../../lambdas/app/sending-ports.ts";
import type { Status } from "../../../lambdas/domain/messages/message-status.ts";
import type { OutgoingMessage } from "../../../lambdas/domain/walk/outcome.ts";
import { ADDRESS_KEY } from "../texts/address-key.ts";
import {
  bodiesOf,
  fromOf,
  type Inbound,
  type Reply,
  type Said,
  type TextChannel,
  type Texts,
} from "../texts/inbound.ts";
import type { TextNotes } from "../texts/text-notes.ts";
import type { Deliveries } from "./deliveries.ts";
import { PoisonError } from "./faults.ts";
import type { Scheduler } from "./scheduler.ts";

/** Reports about the nth message: each with a status and its seconds after the send. */
export type Reports = readonly (readonly (readonly [Status, number])[])[];

/** What a text channel reports in the place of a report about an email. */
const asText: Readonly<Record<TextChannel, Readonly<Partial<Record<Status, Status>>>>> = {
  sms: { read: "delivered", clicked: "delivered", bounced: "failed", complained: "failed" },
  whatsapp: { clicked: "read", bounced: "failed", complained: "failed" },
};

/** After this many receives an unreadable notification stays in the dead-letter queue. */
const MOST_RECEIVES = 5;

interface Given {
  readonly scheduler: Scheduler;
  readonly deliveries: () => Deliveries;
  readonly ledger: { readonly texts: TextNotes; send(message: OutgoingMessage, claim: Claim): void };
  readonly reports: Reports;
  readonly texts: Texts | undefined;
  /** Whether machines still answer. */
  readonly isBusy: () => boolean;
}

export class Channels {
  readonly mail: Mail;
  readonly sms: Mail;
  readonly whatsapp: Mail;
  private readonly given: Given;
  private reported = 0;
  private handed = 0;
  private said = 0;

  constructor(given: Given) {
    this.given = given;
    this.mail = {
      send: async (message, claim) => {
        given.ledger.send(message, claim);
        this.reportOn((status) => ({ ...aboutOf(message, claim), status, time: given.scheduler.now() }));
        return { sent: true };
      },
    };
    this.sms = { send: async (message, claim) => this.take(message, claim, "sms") };
    this.whatsapp = { send: async (message, claim) => this.take(message, claim, "whatsapp") };
  }

  report(message: ServiceMessage): void {
    this.given
      .deliveries()
      .deliver("queue", (ports) => handleServiceMessage(message, { ...ports, answers: undefined }));
  }

  say({ at: _, number, channel, ...travel }: Said): void {
    this.hear({ channel, from: fromOf(number, channel), text: travel.text }, travel);
  }

  private take(message: OutgoingMessage, claim: Claim, channel: TextChannel): SendResult {
    const { ledger, texts, scheduler } = this.given;
    const nth = this.handed++;
    const outcome = texts?.outcomes[nth % texts.outcomes.length] ?? "taken";
    if (outcome === "spent") throw new QuotaError("The limit of the month is used up.");
    if (outcome === "refused" || (outcome === "opted-out" && channel === "sms"))
      return { sent: false, reason: outcome === "refused" ? "ValidationException" : outcome };
    ledger.send(message, claim);
    const { to = "" } = message;
    for (const reply of texts?.replies ?? [])
      if (reply.nth === "every" || reply.nth === nth) this.answer(reply, to, channel, nth);
    const serviceId = serviceIdOf(nth);
    this.reportOn((reported) => {
      const status = asText[channel][reported] ?? reported;
      const time = scheduler.now();
      if (channel === "sms") return { ...aboutOf(message, claim), status, time };
      if (outcome === "opted-out") return { serviceId, time, status: "failed", reason: "template-refused" };
      return { serviceId, time, status, ...(status === "failed" && { reason: "undeliverable" }) };
    });
    return { sent: true, serviceId };
  }

  private reportOn(make: (status: Status) => ServiceMessage): void {
    const { reports, scheduler } = this.given;
    for (const [status, seconds] of reports[this.reported++ % Math.max(reports.length, 1)] ?? [])
      scheduler.after(seconds, () => this.report(make(status)));
  }

  private answer({ seconds, names, nth, ...travel }: Reply, number: string, channel: TextChannel, to: number): void {
    this.given.scheduler.after(seconds, () => {
      if (nth === "every" && !this.given.isBusy()) return;
      const answeredId = names ? serviceIdOf(to) : undefined;
      this.hear({ channel, from: fromOf(number, channel), text: travel.text, answeredId }, travel);
    });
  }

  private hear(
    inbound: Omit<Inbound, "id" | "time">,
    { lag, again, poison = false }: Pick<Reply, "lag" | "again" | "poison">,
  ): void {
    const { scheduler, ledger } = this.given;
    const sent: Inbound = { ...inbound, id: `in-${this.said++}`, time: scheduler.now() };
    for (const body of bodiesOf(sent, poison)) {
      const deliver = () => this.bring(body, sent);
      scheduler.after(lag, () => {
        ledger.texts.hear(sent);
        deliver();
        if (again !== undefined) scheduler.after(again, deliver);
      });
    }
  }

  /** As `lambdas/message-status.ts` does. The dead-letter queue keeps what nobody can read. */
  private bring(body: string, sent: Inbound): void {
    const { deliveries, ledger } = this.given;
    let received = 0;
    deliveries().deliver("queue", async (ports) => {
      try {
        for (const message of serviceMessages(JSON.parse(body), (real) => real)) {
          const { unknown } = await handleServiceMessage(message, {
            ...ports,
            answers: { addressKey: ADDRESS_KEY, events: ports.events },
          });
          ledger.texts.handle(sent, unknown.length === 0);
        }
      } catch (error) {
        if (!(error instanceof z.core.$ZodError)) throw error;
        if (++received < MOST_RECEIVES) throw new PoisonError();
      }
    });
  }
}

function aboutOf({ addressHash }: OutgoingMessage, { customerId, messageId }: Claim) {
  return { customerId, messageId, ...(addressHash !== undefined && { addressHash }) };
}

function serviceIdOf(nth: number): string {
  return `message-${nth}`;
}
