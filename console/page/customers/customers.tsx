/** Finds a customer by id. On the embedded engine, the search also finds a customer by name or address. */
import { useState } from "preact/hooks";
import { Empty, Loading, Problem } from "../parts/states.tsx";
import { pathTo } from "../session/path.ts";
import { go, type Route } from "../session/route.ts";
import { useAnswer } from "../session/use-answer.ts";

export function Customers({ route }: { route: Route }) {
  const query = route.query.get("q") ?? "";
  const [typed, setTyped] = useState(query);
  const { answer, error } = useAnswer("customers", { q: query }, "once");
  const search = (text: string) => go(`/customers${text === "" ? "" : `?q=${encodeURIComponent(text)}`}`, "replace");
  return (
    <>
      <div class="heading">
        <h1>Customers</h1>
      </div>
      <form
        class="tools"
        onSubmit={(event) => {
          event.preventDefault();
          if (answer?.searchable) search(typed.trim());
          else if (typed.trim() !== "") go(pathTo("customers", typed.trim()));
        }}
      >
        <label class="search">
          <span class="hidden">The id of a customer</span>
          <input
            type="search"
            placeholder={answer?.searchable ? "Id, name or address" : "The id of a customer"}
            value={typed}
            onInput={({ currentTarget }) => {
              setTyped(currentTarget.value);
              if (answer?.searchable) search(currentTarget.value.trim());
            }}
          />
        </label>
        <button type="submit">Find</button>
      </form>
      {error ? (
        <Problem title="The customers could not be read" error={error} />
      ) : !answer ? (
        <Loading what="customers" />
      ) : !answer.searchable ? (
        <p class="faint">Type an id exactly as your apps write it: capitals and spaces count.</p>
      ) : answer.customers.length === 0 && query === "" ? (
        <Empty title="There is no customer yet">
          <p>
            A customer is stored with their first event. Publish one in the <a href="/playground">playground</a>.
          </p>
        </Empty>
      ) : answer.customers.length === 0 ? (
        <Empty title="No customer matches">
          <p>No id, name or address contains “{query}”.</p>
        </Empty>
      ) : (
        <>
          <div class="scroll" tabIndex={0} role="region" aria-label="Customers">
            <table class="rows">
              <thead>
                <tr>
                  <th scope="col">Customer</th>
                  <th scope="col">Name</th>
                  <th scope="col" class="number">
                    Inside
                  </th>
                </tr>
              </thead>
              <tbody>
                {answer.customers.map(({ customerId, name, inside }) => (
                  <tr key={customerId}>
                    <th scope="row">
                      <a href={pathTo("customers", customerId)}>{customerId}</a>
                    </th>
                    <td class="name">{name}</td>
                    <td class="number">{inside === 0 ? <span class="faint">none</span> : inside}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {answer.more ? <p class="faint">There are more. Type a part of the id.</p> : null}
        </>
      )}
    </>
  );
}
