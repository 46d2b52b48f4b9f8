/** All templates: their channel, subject or text, and the journeys that use them. */
import { Empty, Loading, Problem, Stale } from "../parts/states.tsx";
import { pathTo } from "../session/path.ts";
import { useAnswer } from "../session/use-answer.ts";
import { SharedTexts } from "./shared-texts.tsx";

export function Templates() {
  const { answer, error } = useAnswer("templates", {}, 10_000);
  if (!answer)
    return error ? (
      <Problem whole title="The templates could not be read" error={error} />
    ) : (
      <Loading what="templates" />
    );
  return (
    <>
      <div class="heading">
        <h1>Templates</h1>
      </div>
      <Stale error={error} />
      {answer.length === 0 ? (
        <Empty title="There is no template yet">
          <p>A template is the text of a message. Publish one together with the journey that sends it.</p>
        </Empty>
      ) : (
        <div class="scroll" tabIndex={0} role="region" aria-label="Templates">
          <table class="rows">
            <thead>
              <tr>
                <th scope="col">Template</th>
                <th scope="col">Channel</th>
                <th scope="col">Subject or text</th>
                <th scope="col">Used by</th>
              </tr>
            </thead>
            <tbody>
              {answer.map(({ id, channel, class: kind, says, usedBy }) => (
                <tr key={id}>
                  <th scope="row">
                    <a href={pathTo("templates", id)}>{id}</a>
                  </th>
                  <td>
                    {channel} <span class="badge">{kind}</span>
                  </td>
                  <td class="liquid">{says}</td>
                  <td>
                    {usedBy.length === 0 ? <span class="faint">no journey</span> : null}
                    {usedBy.map((journeyId) => (
                      <a key={journeyId} class="listed" href={pathTo("journeys", journeyId)}>
                        {journeyId}
                      </a>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <SharedTexts />
    </>
  );
}
