/**
 * A rendered message. The HTML of a mail comes from a stranger, so it is shown in a frame that runs nothing and loads
 * nothing.
 */
import { useState } from "preact/hooks";
import type { Rendered } from "../../api/templates.ts";

type Width = "desktop" | "phone" | "plain";

const widths: Readonly<Record<Width, string>> = { desktop: "Desktop", phone: "Phone", plain: "Plain text" };

interface Props {
  readonly rendered: Rendered;
  readonly name: string;
  /** Whether a person can choose the width of a mail. A message of plain text has no width. */
  readonly choice?: boolean;
}

export function Mail({ rendered, name, choice = false }: Props) {
  const [width, setWidth] = useState<Width>("desktop");
  if ("skipped" in rendered) return <p class="skipped">This customer would not get the message: {rendered.skipped}.</p>;
  const { mail, text, notes = [], missing } = rendered;
  const plain = mail === undefined || width === "plain";
  return (
    <div class={`mail ${width}`}>
      {choice && mail !== undefined ? (
        <div class="segments" role="group" aria-label="How it is shown">
          {(Object.keys(widths) as Width[]).map((each) => (
            <button key={each} type="button" aria-pressed={each === width} onClick={() => setWidth(each)}>
              {widths[each]}
            </button>
          ))}
        </div>
      ) : null}
      {plain ? (
        <pre class="plain-text">{text ?? "This message has no text."}</pre>
      ) : (
        <iframe title={`The mail “${name}”`} src={`/mail/${mail}`} sandbox="" referrerpolicy="no-referrer" />
      )}
      {notes.map((note) => (
        <p key={note} class="faint">
          {note}
        </p>
      ))}
      {missing.length > 0 ? (
        <p class="missing">
          No value for{" "}
          {missing.map((variable) => (
            <code key={variable}>{variable}</code>
          ))}
        </p>
      ) : null}
    </div>
  );
}
