/** The frame of every page: the sidebar, and the page that the address names. */
import { useEffect, useState } from "preact/hooks";
import type { Session } from "../api/api.ts";
import { ask } from "./ask.ts";
import { Journeys } from "./journeys/journeys.tsx";
import { Sidebar } from "./parts/sidebar.tsx";
import { Loading, Problem } from "./parts/states.tsx";
import { Playground } from "./playground/playground.tsx";
import { followLinks, type Route, useRoute } from "./route.ts";
import { SessionContext } from "./session.ts";

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
  if (error) return <Problem title="The console does not open" error={error} />;
  if (!session) return <Loading what="the console" />;
  return (
    <SessionContext.Provider value={session}>
      <div class="frame">
        <a class="skip" href="#main">
          Skip to the page
        </a>
        <Sidebar route={route} session={session} />
        <main id="main" tabIndex={-1}>
          <Page route={route} />
        </main>
      </div>
    </SessionContext.Provider>
  );
}

function Page({ route }: { route: Route }) {
  const [first = "journeys"] = route.parts;
  if (first === "playground") return <Playground route={route} />;
  return <Journeys route={route} />;
}

function titleOf({ parts }: Route): string {
  const [page = "journeys", id] = parts;
  return id ?? page.charAt(0).toUpperCase() + page.slice(1);
}
