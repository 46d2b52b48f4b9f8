/** The settings of the construct. None is required: each comment says what the stack does without the setting. */
import type { Duration, RemovalPolicy } from "aws-cdk-lib";
import type { IEventBus } from "aws-cdk-lib/aws-events";
import type { RetentionDays } from "aws-cdk-lib/aws-logs";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { SmsSetting } from "../lambdas/adapters/sms/sms-setting.ts";
import type { WhatsappSetting } from "../lambdas/adapters/whatsapp/whatsapp-setting.ts";
import type { Sender } from "../lambdas/domain/journey/journey.ts";
import type { Limits } from "../lambdas/domain/messages/limits.ts";
import type { TimeScale } from "../lambdas/domain/time/scaled-time.ts";

export interface CustomerJourneysProps {
  /** The bus on which your apps already publish. Default: a new bus that other accounts cannot publish on. */
  readonly eventBus?: IEventBus | undefined;
  /** The sender of messages whose journey names none. Default: every journey must name its sender. */
  readonly sender?: Sender | undefined;
  /** How often and when journeys that set no limits may send messages to a customer. Default: no limits. */
  readonly limits?: Limits | undefined;
  /**
   * The number of emails per second that this stack may send: the account's SES rate, or a share of it. The stack
   * spreads a burst over time to stay below it. Default: unknown; SES throttles messages that come too fast, and each
   * throttled message is retried with growing pauses.
   */
  readonly mailRate?: number | undefined;
  /**
   * Switches the channel `sms` on: text messages through AWS End User Messaging. Default: off, and the stack has neither
   * rights nor resources for it.
   */
  readonly sms?: SmsSetting | undefined;
  /**
   * Switches the channel `whatsapp` on: messages through AWS End User Messaging Social. Default: off, and the stack has
   * neither rights nor resources for it.
   */
  readonly whatsapp?: WhatsappSetting | undefined;
  /** The verified SES domain or address that the stack may send from. Default: every identity of the account. */
  readonly sesIdentity?: string | undefined;
  /** What CloudFormation does with tables, bucket and secret when the stack is deleted. Default: it retains them. */
  readonly removalPolicy?: RemovalPolicy | undefined;
  /** The topic that gets a message when an alarm goes off. Default: alarms show in the console only. */
  readonly alarmTopic?: ITopic | undefined;
  /**
   * Whether to make a dashboard. The first three dashboards of an account are free; each further dashboard costs $3 a
   * month. Default: true.
   */
  readonly dashboard?: boolean | undefined;
  /**
   * How long events of customers are stored. Conditions count them, `why` shows them, and messages read the event that
   * started their journey. Default: 400 days, longer than any journey lasts.
   */
  readonly eventRetention?: Duration | undefined;
  /** How long logs are kept. Logs hold ids, but no other personal data. Default: one month. */
  readonly logRetention?: RetentionDays | undefined;
  /**
   * The number of batches of 10 events that are handled at the same time, at least 2. Default: 10, which roughly matches
   * the rate at which Step Functions starts executions: 300 a second in the large regions, 150 elsewhere.
   */
  readonly matcherConcurrency?: number | undefined;
  /**
   * The largest number of requests that the unsubscribe page handles at the same time. This number is reserved for each
   * of its two functions. Set it, so that a flood of requests to the public page cannot use up the account's concurrency,
   * which `advance` needs. Default: none, because AWS refuses a reservation that leaves less than 100 for the other
   * functions of the account.
   */
  readonly unsubscribeConcurrency?: number | undefined;
  /** The address of a CDN in front of the unsubscribe page, for the links in messages. Default: the page's own address. */
  readonly unsubscribeUrl?: string | undefined;
  /** Whether a saved journey goes live only when the tests that are stored with it pass. Default: false. */
  readonly requireTests?: boolean | undefined;
  /** Whether the state machine logs every transition, which costs more than the database. Default: errors only. */
  readonly logAllTransitions?: boolean | undefined;
  /** For test stacks only: makes waits shorter. */
  readonly timeScale?: TimeScale | undefined;
}
