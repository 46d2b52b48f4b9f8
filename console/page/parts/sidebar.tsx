/** The pages of the console, and what it looks at. On a narrow screen it is a row above the page. */
import type { Session } from "../../api/api.ts";
import type { Route } from "../route.ts";

interface Entry {
  readonly page: string;
  readonly text: string;
  readonly icon: string;
}

const entries: readonly Entry[] = [
  {
    page: "journeys",
    text: "Journeys",
    icon: "M4 3v3a3 3 0 0 0 3 3h2a3 3 0 0 1 3 3v1M4 3a1 1 0 1 0 0-.01M12 13a1 1 0 1 0 0 .01",
  },
];

const playground: Entry = { page: "playground", text: "Playground", icon: "M4 2.5v11l9-5.5z" };

export function Sidebar({ route, session }: { route: Route; session: Session }) {
  const [open = "journeys"] = route.parts;
  const shown = session.mode === "embedded" ? [...entries, playground] : entries;
  return (
    <header class="sidebar">
      <nav aria-label="Pages">
        <ul>
          {shown.map(({ page, text, icon }) => (
            <li key={page}>
              <a href={`/${page}`} aria-current={page === open ? "page" : undefined}>
                <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
                  <path d={icon} fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" />
                </svg>
                {text}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <p class="about">
        {session.mode === "embedded" ? (
          <span title="The examples, in memory, on a virtual clock. Nothing is sent.">embedded engine</span>
        ) : (
          <>
            <span>stack {session.name}</span>
            {session.write ? null : <span class="badge">read-only</span>}
          </>
        )}
      </p>
    </header>
  );
}
