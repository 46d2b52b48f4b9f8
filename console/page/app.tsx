/** The frame of every page: the sidebar, and the page that the address names. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Session } from "../api/api.ts";
import { CustomerPage } from "./customers/customer.tsx";
import { Customers } from "./customers/customers.tsx";
import { NewJourney } from "./edit/new-journey.tsx";
import { Health } from "./health/health.tsx";
import { JourneyPage } from "./journey/journey.tsx";
import { Journeys } from "./journeys/journeys.tsx";
import { FailingPage } from "./parts/failing-page.tsx";
import { Later } from "./parts/later.tsx";
import { isPageName, type PageName, Sidebar } from "./parts/sidebar.tsx";
import { Empty, Loading, Problem } from "./parts/states.tsx";
import { Playground } from "./playground/playground.tsx";
import { ask } from "./session/ask.ts";
import { followLinks, type Route, useRoute } from "./session/route.ts";
import { SessionContext } from "./session/session.ts";
import { TemplatePage } from "./templates/template.tsx";
import { Templates } from "./templates/templates.tsx";

export function App() {
  const route = useRoute();
  const [session, setSession] = useState<Session>();
  const [error, setError] = useState<Error>();
  useEffect(() => {
    ask("session", {}).then(setSession, setError);
  }, []);
  useEffect(() => {
    document.addEventListener("click", followLinks);
    return () => document.removeEventListener("click", followLinks);
  }, []);
  useEffect(() => {
    document.title = `${titleOf(route)} · Journeys`;
  }, [route]);
  if (error) return <Problem whole title="The console does not open" error={error} />;
  if (!session) return <Loading what="the console" />;
  return (
    <SessionContext.Provider value={session}>
      <div class="frame">
        <a class="skip" href="#main">
          Skip to the page
        </a>
        <Sidebar route={route} session={session} />
        <main id="main" tabIndex={-1}>
          <FailingPage key={route.parts.join("/")}>
            <Page route={route} />
          </FailingPage>
        </main>
      </div>
    </SessionContext.Provider>
  );
}

type Show = (props: { readonly id: string | undefined; readonly route: Route }) => ComponentChildren;

/** Each page, by the first part of its address. */
const pages: Readonly<Record<PageName, Show>> = {
  journeys: ({ id, route }) =>
    id === undefined ? <Journeys route={route} /> : <JourneyOrEdit key={route.parts.join("/")} id={id} route={route} />,
  customers: ({ id, route }) =>
    id === undefined ? <Customers route={route} /> : <CustomerPage key={id} id={id} route={route} />,
  templates: ({ id, route }) => (id === undefined ? <Templates /> : <TemplatePage key={id} id={id} route={route} />),
  health: () => <Health />,
  playground: ({ route }) => <Playground route={route} />,
};

/** The id of a journey never has a tilde, so the address of a new journey cannot be the address of an existing one. */
const NEW = "~new";

function JourneyOrEdit({ id, route }: { id: string; route: Route }) {
  const from = route.query.get("from");
  if (id === NEW && from === null) return <NewJourney />;
  if (id !== NEW && route.parts[2] !== "edit") return <JourneyPage id={id} route={route} />;
  return (
    <Later
      what="the editor"
      load={() => import("./edit/edit.tsx")}
      show={({ EditPage }) => <EditPage key={from} id={id === NEW ? undefined : id} from={from ?? ""} />}
    />
  );
}

function Page({ route }: { route: Route }) {
  const [first = "journeys", id] = route.parts;
  if (!isPageName(first))
    return (
      <Empty whole title="There is no such page">
        <p>
          <a href="/journeys">All journeys</a>
        </p>
      </Empty>
    );
  return <>{pages[first]({ id, route })}</>;
}

function titleOf({ parts }: Route): string {
  const [page = "journeys", id] = parts;
  return id ?? page.charAt(0).toUpperCase() + page.slice(1);
}
