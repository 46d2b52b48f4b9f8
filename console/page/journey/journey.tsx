/** A journey, live: the picture with its counts, what happened at the chosen card, and the funnel, goals and versions. */
import { useMemo, useState } from "preact/hooks";
import type { JourneyAnswer } from "../../api/journeys.ts";
import { numberText, percentText } from "../parts/numbers.ts";
import { Empty, Loading, Problem, Stale } from "../parts/states.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { Time } from "../parts/time.tsx";
import { Paper } from "../picture/paper.tsx";
import { Picture } from "../picture/picture.tsx";
import { pathTo } from "../session/path.ts";
import { go, type Route } from "../session/route.ts";
import { useAnswer } from "../session/use-answer.ts";
import { CardPanel } from "./card-panel.tsx";
import { FunnelTable } from "./funnel-table.tsx";
import { Goals } from "./goals.tsx";
import { marksOf } from "./marks.ts";
import { Runs } from "./runs.tsx";
import { Saves } from "./saves.tsx";
import { StatusButtons } from "./status-buttons.tsx";
import { Versions } from "./versions.tsx";

export function JourneyPage({ id, route }: { id: string; route: Route }) {
  const { answer, error, reload } = useAnswer("journey", { id });
  if (!answer)
    return error ? (
      <Problem whole title="The journey could not be read" error={error} />
    ) : (
      <Loading what="the journey" />
    );
  return (
    <>
      <Heading id={id} answer={answer} reload={reload} />
      <Stale error={error} />
      <Rejected answer={answer} />
      {answer.live && answer.funnel ? (
        <Live id={id} live={answer.live} funnel={answer.funnel} route={route} />
      ) : (
        <Empty title="No version is live yet">
          <p>The saved document is a draft, or it has problems. No customer enters it.</p>
        </Empty>
      )}
    </>
  );
}

interface HeadingProps {
  readonly id: string;
  readonly answer: JourneyAnswer;
  readonly reload: () => Promise<void>;
}

function Heading({ id, reload, answer: { live, document, publication, funnel, held } }: HeadingProps) {
  const name = String(live?.journey.name ?? document?.name ?? id);
  const status = live?.journey.status ?? "draft";
  return (
    <div class="journey-head">
      <div class="heading">
        <h1>{name}</h1>
        <span class={`status ${status}`}>{status}</span>
        <span class="faint">
          {live && live.version > 0 ? `v${live.version}` : "no version"}
          {publication ? (
            <>
              {" · saved "}
              <Time at={publication.at} />
            </>
          ) : null}
        </span>
        {document ? (
          <a class="button" href={pathTo("journeys", id, "edit")}>
            Edit
          </a>
        ) : null}
        {document ? <StatusButtons id={id} status={status} inside={funnel?.active ?? 0} onDone={reload} /> : null}
        {held ? (
          <span class="badge bad">
            circuit breaker open: {numberText(held.reports)} {held.kind}
          </span>
        ) : null}
      </div>
      {funnel ? (
        <dl class="figures">
          <Figure name="entered" value={numberText(funnel.entered)} />
          <Figure name="inside" value={numberText(funnel.active)} />
          <Figure name="completed" value={numberText(funnel.completed)} />
          <Figure name="exited" value={numberText(funnel.exited.total)} />
          {funnel.failed.total > 0 ? <Figure name="failed" value={numberText(funnel.failed.total)} bad /> : null}
          {funnel.goals.map(({ goalId, reached, conversion }) => (
            <Figure
              key={goalId}
              name={`goal ${goalId}`}
              value={`${numberText(reached)}${conversion === undefined ? "" : ` · ${percentText(conversion)}`}`}
            />
          ))}
        </dl>
      ) : null}
    </div>
  );
}

function Figure({ name, value, bad }: { name: string; value: string; bad?: true }) {
  return (
    <div class={bad ? "bad-text" : undefined}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Rejected({ answer: { publication, live } }: { answer: JourneyAnswer }) {
  if (publication?.state !== "rejected") return null;
  return (
    <div class="card-like problem" role="alert">
      <h2>The last save was rejected</h2>
      <p>{live && live.version > 0 ? `Version ${live.version} stays live.` : "No version is live."}</p>
      <ul>
        {publication.problems.map(({ path, message }) => (
          <li key={path + message}>
            {path === "" ? null : <code>{path}</code>} {message}
          </li>
        ))}
      </ul>
    </div>
  );
}

type Shown = Required<Pick<JourneyAnswer, "live" | "funnel">>;

function Live({ id, live: { journey, version }, funnel, route }: Shown & { id: string; route: Route }) {
  const marks = useMemo(() => marksOf(journey, funnel), [journey, funnel]);
  const [chosen, setChosen] = useState<string>();
  const { answer: inside } = useAnswer("inside", { id });
  const tab = route.query.get("tab") ?? "funnel";
  return (
    <>
      <div class="live">
        <Paper key={id} label={`The picture of ${journey.name}`}>
          <Picture
            journey={journey}
            marks={marks}
            chosen={chosen}
            onChoose={(card) => setChosen(card === chosen ? undefined : card)}
          />
        </Paper>
        <CardPanel id={chosen} journey={journey} funnel={funnel} inside={inside} onClose={() => setChosen(undefined)} />
      </div>
      <Tabs
        label="About this journey"
        open={tab}
        onOpen={(next) => go(`${pathTo("journeys", id)}?tab=${next}`, "replace")}
        tabs={{
          funnel: {
            text: "Funnel",
            body: () => <FunnelTable journey={journey} funnel={funnel} onChoose={setChosen} />,
          },
          goals: { text: "Goals", body: () => <Goals id={id} journey={journey} funnel={funnel} /> },
          runs: { text: "Runs", body: () => <Runs id={id} /> },
          saves: { text: "Saves", body: () => <Saves id={id} /> },
          versions: { text: "Versions", body: () => <Versions id={id} newest={version} /> },
        }}
      />
    </>
  );
}
