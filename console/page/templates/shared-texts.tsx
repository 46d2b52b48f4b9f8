/**
 * Shows the list of layouts and partials, the templates whose messages change with one of them, and the layouts and
 * partials of a template.
 */
import type { UsedText } from "../../../insight/documents/shared-uses.ts";
import { Problem, Stale } from "../parts/states.tsx";
import { pathTo } from "../session/path.ts";
import { useAnswer } from "../session/use-answer.ts";

export function SharedTexts() {
  const { answer, error } = useAnswer("shared-texts", {}, 10_000);
  if (!answer) return error ? <Problem title="The layouts and partials could not be read" error={error} /> : null;
  if (answer.length === 0) return null;
  return (
    <>
      <h2>Layouts and partials</h2>
      <Stale error={error} />
      <div class="scroll" tabIndex={0} role="region" aria-label="Layouts and partials">
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">Text</th>
              <th scope="col">Kind</th>
              <th scope="col">Changes the messages of</th>
            </tr>
          </thead>
          <tbody>
            {answer.map(({ id, kind, changes }) => (
              <tr key={id}>
                <th scope="row">
                  <a href={pathTo("templates", id)}>{id}</a>
                </th>
                <td>{kind}</td>
                <td>
                  {changes.length === 0 ? <span class="faint">no template</span> : null}
                  <Links ids={changes} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

export function Changes({ templates }: { templates: readonly string[] }) {
  return (
    <section class="card-like" aria-label="Templates">
      <h2>Templates that it changes</h2>
      {templates.length === 0 ? (
        <p class="faint">No template uses it.</p>
      ) : (
        <>
          <p>A change is live at once in the messages of these templates, also for customers who are inside.</p>
          <p>
            <Links ids={templates} />
          </p>
        </>
      )}
    </section>
  );
}

export function Uses({ uses }: { uses: readonly UsedText[] }) {
  if (uses.length === 0) return null;
  return (
    <p>
      Uses <Links ids={uses.map(({ id }) => id)} />
    </p>
  );
}

function Links({ ids }: { ids: readonly string[] }) {
  return ids.map((id) => (
    <a key={id} class="listed" href={pathTo("templates", id)}>
      {id}
    </a>
  ));
}
