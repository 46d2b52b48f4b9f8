/**
 * Sends the message that the page shows to the person's own address. Only the console of a deployed stack can send a
 * test.
 */
import { useState } from "preact/hooks";
import type { TemplateTest } from "../../api/templates.ts";
import { perform } from "../session/ask.ts";
import { useSession } from "../session/session.ts";

type Message = Omit<TemplateTest, "to" | "from">;

interface Props {
  readonly message: Message;
  /** The sender that the journey names. */
  readonly sender: string | undefined;
}

export function SendTest({ message, sender }: Props) {
  const { mode, write } = useSession();
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<{ readonly text: string; readonly wrong: boolean }>();
  if (mode === "embedded") return null;
  if (!write) return <p class="faint">To send a test to yourself, start the console with --write.</p>;
  const send = async (form: HTMLFormElement) => {
    const data = new FormData(form);
    const [to, from] = ["to", "from"].map((name) => String(data.get(name) ?? "").trim());
    setBusy(true);
    setTold(undefined);
    try {
      const { problems } = await perform("template-test", { ...message, to: to ?? "", ...(from && { from }) });
      const wrong = problems.length > 0;
      setTold({ wrong, text: wrong ? problems.map((each) => each.message).join(" ") : `Sent to ${to} as a test.` });
    } catch (error) {
      setTold({ wrong: true, text: (error as Error).message });
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      class="tools message-of"
      aria-label="Send a test"
      onSubmit={(event) => {
        event.preventDefault();
        void send(event.currentTarget);
      }}
    >
      <h3>Send a test to yourself</h3>
      <label>
        To <input name="to" type="email" required placeholder="you@your-company.example" />
      </label>
      {sender === undefined ? (
        <label>
          From <input name="from" required placeholder="an address that SES may send from" />
        </label>
      ) : (
        <span class="faint">From {sender}</span>
      )}
      <button type="submit" disabled={busy}>
        {busy ? "Sending…" : "Send a test"}
      </button>
      <span class="faint">It counts for no customer. Its subject begins with [Test].</span>
      {told ? (
        <p role={told.wrong ? "alert" : "status"} class={told.wrong ? "bad-text" : undefined}>
          {told.text}
        </p>
      ) : null}
    </form>
  );
}
