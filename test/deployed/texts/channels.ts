/** Both channels in one form, for the tests that each of them must pass. */
import type { Engine } from "../../../local/engine.ts";
import { answerText, reportText, silenceTexts, textSetting, texts, throttleTexts } from "../../../local/texts.ts";
import {
  reportWhatsapp,
  silenceWhatsapp,
  throttleWhatsapp,
  type Written,
  whatsappMessages,
  whatsappSetting,
  writeWhatsapp,
} from "../../../local/whatsapp.ts";
import type { Item } from "../../../stack/deployed/stack.ts";

export type ChannelName = "sms" | "whatsapp";

/** What messages of both channels have. */
export interface Sent {
  readonly messageId: string;
  readonly to: string;
  readonly sentAt: string;
}

interface Channel {
  readonly setting: (more: Item) => string;
  readonly silence: (engine: Engine) => Promise<void>;
  readonly throttle: (engine: Engine, count: number) => Promise<number>;
  readonly sent: (engine: Engine) => Promise<readonly Sent[]>;
  readonly report: (engine: Engine, message: Sent, kind: string) => Promise<void>;
  readonly says: (engine: Engine, said: Written) => Promise<void>;
  /** The output of the stack. */
  readonly topic: "SmsTopicArn" | "WhatsappTopicArn";
  /** The content of a template that may be sent at any time. */
  readonly content: Item;
  /** A kind of report. */
  readonly delivered: string;
  /** The name by which the functions call the service. */
  readonly call: string;
}

export const channels: Readonly<Record<ChannelName, Channel>> = {
  sms: {
    setting: textSetting,
    silence: silenceTexts,
    throttle: throttleTexts,
    sent: texts,
    report: reportText,
    // The time of the notification counts.
    says: (engine, { time: _, ...said }) => answerText(engine, said),
    topic: "SmsTopicArn",
    content: { text: "Hello" },
    delivered: "TEXT_DELIVERED",
    call: "SendTextMessage",
  },
  whatsapp: {
    setting: (more) => whatsappSetting({ metaPhoneNumberId: "574086085794038", ...more }),
    silence: silenceWhatsapp,
    throttle: throttleWhatsapp,
    sent: whatsappMessages,
    report: reportWhatsapp,
    says: writeWhatsapp,
    topic: "WhatsappTopicArn",
    content: { whatsapp: { template: "welcome" } },
    delivered: "Delivered",
    call: "SendWhatsAppMessage",
  },
};

export const channelNames = Object.keys(channels) as ChannelName[];
