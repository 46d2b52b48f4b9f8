/**
 * The history of the saves: the outcome and time of the last save, and the changes of each save that made a version.
 */
import type { ComponentChildren } from "preact";
import { changeText } from "../../../insight/diff/change-text.ts";
import { count } from "../../../insight/words/count.ts";
import type { SavesAnswer, VersionSave } from "../../api/journeys.ts";
import { Loading, Problem } from "../parts/states.tsx";
import { Time } from "../parts/time.tsx";
import { useAnswer } from "../session/use-answer.ts";

export function Saves({ id }: { id: string }) {
  const { answer, error } = useAnswer("saves", { id });
  if (!answer)
    return error ? <Problem title="The saves could not be read" error={error} /> : <Loading what="the saves" />;
  const { versions, more } = answer;
  return (
    <>
      <ol class="saves">
        <Last answer={answer} />
        {versions.map((each, place) => (
          <Version key={each.version} save={each}>
            {place === 0 ? <Live answer={answer} /> : null}
          </Version>
        ))}
      </ol>
      {more ? <p class="faint">There are older versions. The tab Versions compares any two.</p> : null}
      <p class="faint">
        The stack keeps the outcome and the time of the last save, and the content of every version. It does not store
        who saved: AWS CloudTrail can record it.
      </p>
    </>
  );
}

type Outcome = NonNullable<SavesAnswer["last"]>;

const outcomes: Readonly<Record<Outcome["state"], (version: number) => string>> = {
  published: (version) => `Version ${version} is live.`,
  draft: (version) =>
    version > 0 ? `It is a draft: no customer enters version ${version} any more.` : "It is a draft.",
  rejected: (version) => (version > 0 ? `It was refused: version ${version} stays live.` : "It was refused."),
};

const documents: Readonly<Record<SavesAnswer["document"], string>> = {
  saved: "",
  pending: "The stack has not reported the outcome yet.",
  deleted: "The document was deleted. Customers inside continue on their version.",
};

function Last({ answer: { document, last } }: { answer: SavesAnswer }) {
  return (
    <li class="card-like">
      <h2>
        Last save {last ? <span class={`badge${last.state === "rejected" ? " bad" : ""}`}>{last.state}</span> : null}
      </h2>
      {last ? (
        <>
          <p>{outcomes[last.state](last.version)}</p>
          <p class="faint">
            <Time at={last.at} />
          </p>
          {last.problems.length > 0 ? (
            <ul>
              {last.problems.map(({ path, message, severity }) => (
                <li key={path + message}>
                  {severity === "warning" ? "Warning: " : ""}
                  {path === "" ? null : <code>{path}</code>} {message}
                </li>
              ))}
            </ul>
          ) : null}
        </>
      ) : null}
      {documents[document] === "" ? null : <p>{documents[document]}</p>}
    </li>
  );
}

function Live({ answer: { publishedAt, stoppedAt } }: { answer: SavesAnswer }) {
  return (
    <p>
      {publishedAt ? (
        <>
          The last save that took effect: <Time at={publishedAt} />.
        </>
      ) : null}{" "}
      {stoppedAt ? (
        <>
          The last stop: <Time at={stoppedAt} />.
        </>
      ) : null}
    </p>
  );
}

const MOST_SHOWN = 5;

function Version({ save: { version, changes }, children }: { save: VersionSave; children: ComponentChildren }) {
  const rest = (changes?.length ?? 0) - MOST_SHOWN;
  return (
    <li class="card-like">
      <h2>Version {version}</h2>
      {children}
      {changes === undefined ? (
        <p>{version === 1 ? "The first version." : "The version before is not stored."}</p>
      ) : (
        <ul>
          {changes.slice(0, MOST_SHOWN).map((change) => (
            <li key={change.path}>
              {change.kind} <code>{change.path}</code> {changeText(change)}
            </li>
          ))}
          {rest > 0 ? <li>and {count(rest, "more change")}</li> : null}
        </ul>
      )}
    </li>
  );
}
