/** What happened at the chosen card: the customers who came, how they left, their messages, and the customers here now. */
import type { Funnel } from "../../../insight/funnel/funnel.ts";
import { TRIGGER } from "../../../insight/picture/diagram/diagram.ts";
import { caption, kindNames } from "../../../insight/words/captions.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { reasonText } from "../../../lambdas/domain/reasons/reason-text.ts";
import type { InsideAnswer } from "../../api/journeys.ts";
import { numberText, percentText } from "../parts/numbers.ts";
import { outcomeText } from "../parts/outcome-text.ts";
import { Time } from "../parts/time.tsx";
import { pathTo } from "../session/path.ts";
import { Amounts } from "./amounts.tsx";

interface Props {
  readonly id: string | undefined;
  readonly journey: Journey;
  readonly funnel: Funnel;
  readonly inside: InsideAnswer | undefined;
  readonly onClose: () => void;
}

export function CardPanel({ id, journey, funnel, inside, onClose }: Props) {
  const component = id === undefined ? undefined : journey.components[id];
  return (
    <aside class="card-like panel" aria-label="The chosen card" aria-live="polite">
      {id === undefined ? (
        <p class="faint">
          Choose a card to see the customers who came, the customers who are there now, and how the others left.
        </p>
      ) : (
        <>
          <div class="panel-head">
            <h2>{component ? (component.name ?? id) : titleOf(id)}</h2>
            <button type="button" class="quiet" aria-label="Close" onClick={onClose}>
              ×
            </button>
          </div>
          {component ? (
            <>
              <p class="faint">
                {kindNames[component.type]} {caption(component)}
              </p>
              <Component id={id} journey={journey} funnel={funnel} inside={inside} />
            </>
          ) : (
            <Rule id={id} funnel={funnel} />
          )}
        </>
      )}
    </aside>
  );
}

const titleOf = (id: string) => (id === TRIGGER ? "Trigger" : id.replace(/^~(exit|goal) /, ""));

function Component({
  id,
  journey,
  funnel,
  inside,
}: Required<Pick<Props, "journey" | "funnel" | "inside">> & { id: string }) {
  const counts = funnel.components.find(({ componentId }) => componentId === id);
  const messages = funnel.messages.find(({ componentId }) => componentId === id);
  const here = inside?.customers.filter(({ componentId }) => componentId === id) ?? [];
  if (!counts) return <p>No customer came here yet.</p>;
  return (
    <>
      <Amounts
        rows={[
          ["came", counts.entered],
          ["there now", counts.here],
        ]}
      />
      <h3>Left</h3>
      <Amounts
        rows={Object.entries(counts.left).map(([outcome, count]) => [
          outcomeText(id, outcome, journey.components),
          count,
        ])}
        of={counts.entered}
      />
      {messages ? (
        <>
          <h3>Messages</h3>
          <Amounts
            rows={[
              ...(messages.requested > 0 ? [["requested", messages.requested] as const] : []),
              ["sent", messages.sent],
              ...Object.entries(messages.statuses).filter(([, count]) => count > 0),
              ...(messages.unknown > 0 ? [["unknown", messages.unknown] as const] : []),
              ...(messages.skipped.total > 0 ? [["skipped", messages.skipped.total] as const] : []),
            ]}
            of={messages.sent}
          />
          {Object.entries(messages.skipped.reasons).map(([reason, count]) => (
            <p key={reason} class="faint">
              skipped {numberText(count)}: {reasonText(reason)}
            </p>
          ))}
          <Template journey={journey} id={id} />
        </>
      ) : null}
      {here.length > 0 ? (
        <>
          <h3>Here now</h3>
          <ul class="people">
            {here.map(({ customerId, enrollmentId, since, until }) => (
              <li key={enrollmentId}>
                <a href={pathTo("customers", customerId)}>{customerId}</a>
                <span class="faint">
                  since <Time at={since} />
                  {until === undefined ? null : (
                    <>
                      , until <Time at={until} />
                    </>
                  )}
                </span>
              </li>
            ))}
          </ul>
          {inside?.more ? <p class="faint">More customers are inside; these are the first.</p> : null}
        </>
      ) : null}
    </>
  );
}

function Template({ journey, id }: { journey: Journey; id: string }) {
  const component = journey.components[id];
  if (component?.type !== "sendTemplate") return null;
  return (
    <a href={`${pathTo("templates", component.template)}?sender=${journey.id}/${id}`}>Preview {component.template}</a>
  );
}

function Rule({ id, funnel }: { id: string; funnel: Funnel }) {
  if (id === TRIGGER)
    return (
      <Amounts
        rows={[
          ["entered", funnel.entered],
          ["inside now", funnel.active],
        ]}
      />
    );
  const [, kind, rule = ""] = /^~(exit|goal) (.*)$/s.exec(id) ?? [];
  if (kind === "exit")
    return <Amounts rows={[["left by this rule", funnel.exited.reasons[rule] ?? 0]]} of={funnel.entered} />;
  const goal = funnel.goals.find(({ goalId }) => goalId === rule);
  if (!goal) return <p class="faint">These limits hold at every message of the journey.</p>;
  return (
    <p>
      {numberText(goal.reached)} customers reached it
      {goal.conversion === undefined ? "" : `, ${percentText(goal.conversion)} of those who entered`}.
    </p>
  );
}
