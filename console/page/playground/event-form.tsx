/** Publishes an event as an app would. The form offers the event names that journeys listen to, with suitable data. */
import { useMemo, useState } from "preact/hooks";
import type { JsonObject } from "../../../lambdas/domain/values/json.ts";
import type { Done } from "../../api/api.ts";
import type { PlaygroundAnswer, PlaygroundEvent, Suggestion } from "../../api/playground.ts";

interface Props {
  readonly answer: PlaygroundAnswer;
  /** The journey on the stage, whose trigger event is offered first. */
  readonly journey: string;
  readonly busy: boolean;
  readonly publish: (event: PlaygroundEvent) => Promise<Done["problems"]>;
}

export function EventForm({ answer, journey, busy, publish }: Props) {
  const suggestions = useMemo(() => inOrder(answer.suggestions, journey), [answer.suggestions, journey]);
  const [chosen, setChosen] = useState<{ journey: string; event: string }>();
  const event = chosen?.journey === journey ? chosen.event : (suggestions[0]?.event ?? "");
  const suggestion = suggestions.find((each) => each.event === event);
  const [customerId, setCustomerId] = useState("me");
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const [problems, setProblems] = useState<Done["problems"]>([]);
  const [told, setTold] = useState("");
  const data = texts[event] ?? dataText(suggestion?.data);
  const isNew = !answer.customers.some((known) => known.customerId === customerId);
  const [about, setAbout] = useState<string>();
  const attributes =
    about ??
    dataText({
      ...suggestion?.customer,
      firstName: "You",
      email: `${customerId}@mail.example`,
      phone: "+491701234567",
    });

  const submit = async (submitted: Event) => {
    submitted.preventDefault();
    setTold("");
    const parsed = objectIn(data);
    if ("problem" in parsed) return setProblems([{ path: "data", message: parsed.problem }]);
    const about = objectIn(attributes);
    if ("problem" in about) return setProblems([{ path: "customer", message: about.problem }]);
    const found = await publish({ event, customerId, data: parsed.object, ...(isNew && { customer: about.object }) });
    setProblems(found);
    if (found.length === 0) setTold(`${event} of ${customerId} was published.`);
  };

  return (
    <form class="card-like event-form" onSubmit={submit}>
      <h2>Publish an event</h2>
      <label>
        Event
        <select value={event} onChange={({ currentTarget }) => setChosen({ journey, event: currentTarget.value })}>
          {suggestions.map((each) => (
            <option key={each.event} value={each.event}>
              {each.event}
            </option>
          ))}
        </select>
      </label>
      <p class="faint">{suggestion ? effectText(suggestion, journey) : ""}</p>
      <label>
        Customer
        <input
          list="customers"
          value={customerId}
          required
          onInput={({ currentTarget }) => setCustomerId(currentTarget.value)}
        />
      </label>
      <datalist id="customers">
        {answer.customers.slice(0, 200).map(({ customerId, name }) => (
          <option key={customerId} value={customerId}>
            {name}
          </option>
        ))}
      </datalist>
      <label>
        Data
        <textarea
          rows={Math.min(12, data.split("\n").length + 1)}
          spellcheck={false}
          value={data}
          onInput={({ currentTarget }) => setTexts({ ...texts, [event]: currentTarget.value })}
        />
      </label>
      {isNew ? (
        <label>
          Attributes of the new customer
          <textarea
            rows={Math.min(8, attributes.split("\n").length + 1)}
            spellcheck={false}
            value={attributes}
            onInput={({ currentTarget }) => setAbout(currentTarget.value)}
          />
        </label>
      ) : null}
      {problems.map(({ path, message }) => (
        <p key={path + message} class="bad-text" role="alert">
          {path === "" ? "" : `${path}: `}
          {message}
        </p>
      ))}
      <button type="submit" class="primary" disabled={busy || event === ""}>
        Publish
      </button>
      <p class="faint" role="status">
        {told}
      </p>
    </form>
  );
}

/** The events, beginning with the events of the journey on the stage. */
function inOrder(suggestions: readonly Suggestion[], journey: string): Suggestion[] {
  const rank = ({ enters, concerns }: Suggestion) =>
    enters.includes(journey) ? 0 : concerns.includes(journey) ? 1 : 2;
  return suggestions.toSorted((a, b) => rank(a) - rank(b) || (a.event < b.event ? -1 : 1));
}

function effectText({ enters, concerns }: Suggestion, journey: string): string {
  if (enters.includes(journey)) return "Customers enter this journey by it.";
  if (concerns.includes(journey)) return "This journey waits for it, counts it, or ends by it.";
  return `Concerns ${[...new Set([...enters, ...concerns])].join(", ")}.`;
}

const dataText = (data: JsonObject | undefined) => (data ? JSON.stringify(data, undefined, 2) : "{}");

function objectIn(text: string): { readonly object: JsonObject } | { readonly problem: string } {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { object: value as JsonObject };
    return { problem: "The data must be an object in braces." };
  } catch (error) {
    return { problem: `The data is not JSON: ${(error as Error).message}` };
  }
}
