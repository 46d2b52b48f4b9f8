/**
 * The playground: a stack in memory whose clock the person moves. Publish an event, let time pass, and watch people
 * walk through the picture of a journey.
 */
import { useState } from "preact/hooks";
import { Empty, Loading, Problem } from "../parts/states.tsx";
import { perform } from "../session/ask.ts";
import { go, type Route } from "../session/route.ts";
import { useAnswer } from "../session/use-answer.ts";
import { Clock } from "./clock.tsx";
import { EventForm } from "./event-form.tsx";
import { Mailbox } from "./mailbox.tsx";
import { Stage } from "./stage.tsx";
import { useWorld } from "./use-world.ts";

export function Playground({ route }: { route: Route }) {
  const world = useWorld();
  const { answer: listed } = useAnswer("journeys", {});
  const [busy, setBusy] = useState(false);
  if (!world.answer || !listed)
    return world.error ? (
      <Problem whole title="There is no playground" error={world.error} />
    ) : (
      <Loading what="the playground" />
    );
  const shown = route.query.get("journey") ?? firstOf(listed.journeys.map(({ journeyId }) => journeyId));
  const act = async (action: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await action();
      await world.reload();
    } finally {
      setBusy(false);
    }
  };
  const show = (id: string) => go(`/playground?journey=${encodeURIComponent(id)}`, "replace");
  return (
    <div class="playground">
      <div class="heading">
        <h1>Playground</h1>
        <Clock now={world.answer.now} next={world.answer.next} busy={busy} act={act} />
      </div>
      <div class="columns">
        <EventForm
          answer={world.answer}
          journey={shown}
          busy={busy}
          publish={async (event) => {
            const { problems } = await perform("playground-event", event);
            await world.reload();
            return problems;
          }}
        />
        {shown === "" ? (
          <Empty title="There is no journey to watch">
            <p>
              <a href="/journeys/~new">Draw one</a>, or reset the playground to get the examples back.
            </p>
          </Empty>
        ) : (
          <Stage
            journeys={listed.journeys}
            shown={shown}
            onShow={show}
            lines={world.lines}
            moved={`${world.answer.now} ${world.lines.at(-1)?.number ?? 0} ${world.answer.world}`}
          />
        )}
        <Mailbox lines={world.lines} busy={busy} act={act} />
      </div>
    </div>
  );
}

const firstOf = (ids: readonly string[]) => (ids.includes("abandoned-cart") ? "abandoned-cart" : (ids[0] ?? ""));
