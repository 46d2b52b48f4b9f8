/** A template: its text beside the message that a customer would get. */
import { entries, members } from "../../../lambdas/domain/documents/unchecked-document.ts";
import type { TemplateAnswer } from "../../api/templates.ts";
import { Mail } from "../parts/mail.tsx";
import { Loading, Problem } from "../parts/states.tsx";
import { pathTo } from "../session/path.ts";
import { go, type Route } from "../session/route.ts";
import { useAnswer } from "../session/use-answer.ts";
import { SendTest } from "./send-test.tsx";
import { Changes, Uses } from "./shared-texts.tsx";

export function TemplatePage({ id, route }: { id: string; route: Route }) {
  const customer = route.query.get("customer") ?? "";
  const sender = route.query.get("sender") ?? undefined;
  const language = route.query.get("language") ?? undefined;
  const asked = { id, customer, ...(sender && { sender }), ...(language && { language }) };
  const { answer, error } = useAnswer("template", asked, "once");
  if (!answer)
    return error ? (
      <Problem whole title="The template could not be shown" error={error} />
    ) : (
      <Loading what="the template" />
    );
  const show = (changes: Readonly<Record<string, string>>) => {
    const next = new URLSearchParams(route.query);
    for (const [name, value] of Object.entries(changes))
      if (value === "") next.delete(name);
      else next.set(name, value);
    go(`${pathTo("templates", id)}${next.size > 0 ? `?${next}` : ""}`, "replace");
  };
  const { kind = `${answer.document.channel ?? ""} · ${answer.document.class ?? ""}` } = answer.document;
  return (
    <>
      <div class="heading">
        <h1>{id}</h1>
        <span class="faint">{String(kind)}</span>
      </div>
      <div class="sides">
        <section class="card-like" aria-label="Text">
          <h2>Text</h2>
          <Source document={answer.document} language={language} />
          <Uses uses={answer.uses} />
          {answer.problems.map(({ path, message }) => (
            <p key={path + message} class="warning">
              <b>Warning</b> <code>{path}</code> {message}
            </p>
          ))}
        </section>
        {answer.changes ? (
          <Changes templates={answer.changes} />
        ) : (
          <section class="card-like" aria-label="Message">
            <h2>The message of a customer</h2>
            <For answer={answer} customer={customer} sender={sender} language={language} show={show} />
            {answer.preview ? (
              <>
                {"subject" in answer.preview ? <p class="subject">{answer.preview.subject}</p> : null}
                <Mail rendered={answer.preview} name={id} choice />
                {"skipped" in answer.preview ? null : <SendTest message={asked} sender={answer.from} />}
              </>
            ) : (
              <p class="bad-text">It cannot be rendered until its problems are solved.</p>
            )}
          </section>
        )}
      </div>
    </>
  );
}

interface ForProps {
  readonly answer: TemplateAnswer;
  readonly customer: string;
  readonly sender: string | undefined;
  readonly language: string | undefined;
  readonly show: (changes: Readonly<Record<string, string>>) => void;
}

function For({ answer: { usedBy, languages }, customer, sender, language, show }: ForProps) {
  return (
    <form
      class="tools message-of"
      onSubmit={(event) => {
        event.preventDefault();
        show({ customer: String(new FormData(event.currentTarget).get("customer") ?? "").trim() });
      }}
    >
      <label>
        Customer <input name="customer" defaultValue={customer} placeholder="an example" />
      </label>
      {usedBy.length > 0 ? (
        <label>
          Sent by{" "}
          <select value={sender} onChange={({ currentTarget }) => show({ sender: currentTarget.value })}>
            {usedBy.map(({ journeyId, name, componentId }) => (
              <option key={`${journeyId}/${componentId}`} value={`${journeyId}/${componentId}`}>
                {name}: {componentId}
              </option>
            ))}
          </select>
        </label>
      ) : (
        <span class="faint">No journey sends it.</span>
      )}
      {languages.length > 0 ? (
        <label>
          Language{" "}
          <select value={language ?? ""} onChange={({ currentTarget }) => show({ language: currentTarget.value })}>
            <option value="">of the customer</option>
            {languages.map((tag) => (
              <option key={tag} value={tag}>
                {languageName(tag)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <button type="submit">Show</button>
    </form>
  );
}

/** Such as "German (de)"; the tag alone where the browser knows no name for it. */
function languageName(tag: string): string {
  const name = new Intl.DisplayNames("en", { type: "language" }).of(tag);
  return name === undefined || name === tag ? tag : `${name} (${tag})`;
}

/**
 * The parts of the document that are texts, as they were written. The texts of a language are folded, unless its message is
 * shown.
 */
function Source({ document, language }: { document: TemplateAnswer["document"]; language: string | undefined }) {
  const { languages, ...others } = document;
  const texts = Object.fromEntries(Object.entries(others).filter(([name]) => !inHeading.has(name)));
  return (
    <>
      <Texts texts={texts} />
      {entries(languages).map(([tag, variant]) => (
        <details key={tag} open={tag === language}>
          <summary>{languageName(tag)}</summary>
          <Texts texts={members(variant)} />
        </details>
      ))}
    </>
  );
}

/** Members that the heading shows, or that are no text. */
const inHeading: ReadonlySet<string> = new Set(["id", "kind", "channel", "class", "$schema"]);

function Texts({ texts }: { texts: Readonly<Record<string, unknown>> }) {
  return Object.entries(texts).map(([name, value]) => (
    <div key={name} class="source">
      <h3>{name}</h3>
      <pre tabIndex={0}>{typeof value === "string" ? value : JSON.stringify(value, undefined, 2)}</pre>
    </div>
  ));
}
