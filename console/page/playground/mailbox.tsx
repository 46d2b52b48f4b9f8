/** A mailbox like a phone's, for all customers: read a message, click in it, or complain, and watch what the journey does. */
import { useMemo, useState } from "preact/hooks";
import type { Channel } from "../../../lambdas/domain/messages/channel.ts";
import type { Status } from "../../../lambdas/domain/messages/message-status.ts";
import type { Happened } from "../../api/playground.ts";
import { Mail } from "../parts/mail.tsx";
import { Loading, Problem } from "../parts/states.tsx";
import { Time } from "../parts/time.tsx";
import { perform } from "../session/ask.ts";
import { useAnswer } from "../session/use-answer.ts";

type Message = Extract<Happened, { kind: "message" }>;

interface Props {
  readonly lines: readonly Happened[];
  readonly busy: boolean;
  readonly act: (action: () => Promise<unknown>) => Promise<void>;
}

const MOST_SHOWN = 50;

export function Mailbox({ lines, busy, act }: Props) {
  const messages = useMemo(
    () =>
      lines
        .filter((line): line is Message => line.kind === "message")
        .slice(-MOST_SHOWN)
        .reverse(),
    [lines],
  );
  const [open, setOpen] = useState<number>();
  const message = messages.find(({ number }) => number === open);
  return (
    <section class="phone" aria-label="Mailbox">
      {message ? (
        <Open message={message} busy={busy} act={act} onBack={() => setOpen(undefined)} />
      ) : (
        <>
          <h2>Mailbox</h2>
          {messages.length === 0 ? (
            <p class="faint">No message yet. Publish an event that lets a customer enter.</p>
          ) : null}
          <ol>
            {messages.map((each) => (
              <li key={each.number}>
                <button type="button" class="quiet" onClick={() => setOpen(each.number)}>
                  <b>{titleOf(each)}</b>
                  <span class="faint">
                    {each.to ?? each.customerId} · <Time at={each.at} />
                  </span>
                </button>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

const reactions = {
  delivered: "Get it",
  read: "Read it",
  clicked: "Click a link",
  replied: "Reply",
  complained: "Complain",
  bounced: "Bounce",
  failed: "Not reached",
} as const satisfies Partial<Record<Status, string>>;

type Reaction = keyof typeof reactions;

/** How a message of the channel is shown: the service that sends it, and what a customer can do with it. */
const shown: Readonly<Record<Channel, { by: (template: string) => string; reactions: readonly Reaction[] }>> = {
  email: { by: () => "", reactions: ["read", "clicked", "replied", "complained", "bounced"] },
  event: {
    by: (template) => `, sent by an app (${template})`,
    reactions: ["read", "clicked", "replied", "complained", "bounced"],
  },
  sms: { by: () => ", as a text message", reactions: ["delivered", "replied", "failed"] },
  whatsapp: { by: () => ", by WhatsApp", reactions: ["delivered", "read", "replied", "failed"] },
};

/** A text message has no subject. */
const titleOf = ({ subject = "", template }: Message) => subject || template;

function Open({ message, busy, act, onBack }: Omit<Props, "lines"> & { message: Message; onBack: () => void }) {
  const { customerId, componentId, number, at, to, channel } = message;
  const { by, reactions: offered } = shown[channel];
  const { answer, error } = useAnswer("message", { number: String(number) }, "once");
  const [told, setTold] = useState("");
  const report = async (text: string, status: Status) => {
    await act(() => perform("playground-status", { customerId, componentId, status }));
    setTold(`${text}: reported as ${status}.`);
  };
  return (
    <>
      <button type="button" class="quiet back" onClick={onBack}>
        ‹ Mailbox
      </button>
      <h2>{titleOf(message)}</h2>
      <p class="faint">
        to {to ?? customerId}
        {by(message.template)} · <Time at={at} />
      </p>
      {answer ? (
        <Mail rendered={answer} name={titleOf(message)} />
      ) : error ? (
        <Problem title="The message could not be read" error={error} />
      ) : (
        <Loading what="the message" />
      )}
      <div class="reactions" role="group" aria-label={`What ${customerId} does`}>
        {offered.map((status) => (
          <button key={status} type="button" disabled={busy} onClick={() => report(reactions[status], status)}>
            {reactions[status]}
          </button>
        ))}
      </div>
      <p class="faint" role="status">
        {told}
      </p>
    </>
  );
}
