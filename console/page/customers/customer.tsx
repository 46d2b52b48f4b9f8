/** A customer: what happens next, what happened and why, and why they did not enter a journey. In this order. */
import { useState } from "preact/hooks";
import { valueText } from "../../../insight/words/value-text.ts";
import type { Json } from "../../../lambdas/domain/values/json.ts";
import type { CustomerAnswer } from "../../api/customers.ts";
import { Loading, Problem, Stale } from "../parts/states.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { pathTo } from "../session/path.ts";
import { go, type Route } from "../session/route.ts";
import { useAnswer } from "../session/use-answer.ts";
import { NotEntered } from "./not-entered.tsx";
import { Passage } from "./passage.tsx";
import { Timeline } from "./timeline.tsx";
import { WhatIf } from "./what-if.tsx";
import { WhatNext } from "./what-next.tsx";

export function CustomerPage({ id, route }: { id: string; route: Route }) {
  const { answer, error } = useAnswer("customer", { id });
  if (!answer)
    return error ? (
      <Problem whole title="The customer could not be shown" error={error} />
    ) : (
      <Loading what="the customer" />
    );
  return (
    <>
      <div class="heading">
        <h1>{id}</h1>
        <span class="faint">{known(answer)}</span>
      </div>
      <Stale error={error} />
      <div class="customer">
        <div>
          <WhatNext answer={answer} />
          <Parts id={id} answer={answer} route={route} />
        </div>
        <Profile answer={answer} />
      </div>
    </>
  );
}

/** The name and the address of the customer, as far as they are known. */
function known({ record: { profile } }: CustomerAnswer): string {
  const { firstName, lastName, email } = profile?.attributes ?? {};
  const isText = (value: unknown) => typeof value === "string" && value !== "";
  const name = [firstName, lastName].filter(isText).join(" ");
  return [name, email].filter(isText).join(" · ");
}

function Parts({ id, answer, route }: { id: string; answer: CustomerAnswer; route: Route }) {
  const { enrollments } = answer.record;
  const [passage, setPassage] = useState<string>();
  const chosen = enrollments.find(({ enrollmentId }) => enrollmentId === passage) ?? enrollments.at(-1);
  return (
    <Tabs
      label="About this customer"
      open={route.query.get("tab") ?? "timeline"}
      onOpen={(tab) => go(`${pathTo("customers", id)}?tab=${tab}`, "replace")}
      tabs={{
        timeline: { text: "What happened", body: () => <Timeline answer={answer} /> },
        passages: {
          text: `Passages (${enrollments.length})`,
          body: () => <Passage answer={answer} chosen={chosen} onChoose={setPassage} />,
        },
        why: { text: "Why not entered", body: () => <NotEntered answer={answer} /> },
        "what-if": { text: "What if", body: () => <WhatIf answer={answer} /> },
      }}
    />
  );
}

function Profile({ answer: { record } }: { answer: CustomerAnswer }) {
  const { profile } = record;
  if (!profile) return <aside class="card-like">No profile is stored.</aside>;
  const attributes = Object.entries(profile.attributes);
  return (
    <aside class="card-like profile" aria-label="Profile">
      <h2>Profile</h2>
      <dl>
        {attributes.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{typeof value === "string" ? value : valueText(value as Json)}</dd>
          </div>
        ))}
      </dl>
      {attributes.length === 0 ? <p class="faint">No attribute is stored.</p> : null}
      <h3>Tags</h3>
      <p>
        {profile.tags.length === 0 ? <span class="faint">none</span> : null}
        {profile.tags.map((tag) => (
          <span key={tag} class="badge">
            {tag}
          </span>
        ))}
      </p>
    </aside>
  );
}
