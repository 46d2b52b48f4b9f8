/**
 * Links to the pages of the console, and the stack that the console shows. On a narrow screen the sidebar is a row
 * above the page.
 */
import type { Session } from "../../api/api.ts";
import type { Route } from "../session/route.ts";

const entries = {
  journeys: {
    text: "Journeys",
    icon: "M4 3v3a3 3 0 0 0 3 3h2a3 3 0 0 1 3 3v1M4 3a1 1 0 1 0 0-.01M12 13a1 1 0 1 0 0 .01",
  },
  customers: {
    text: "Customers",
    icon: "M8 2.5a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM2.5 14c0-2.6 2.5-4.2 5.5-4.2s5.5 1.6 5.5 4.2",
  },
  templates: { text: "Templates", icon: "M1.5 3.5h13v9h-13zM1.5 3.5 8 9l6.5-5.5" },
  health: { text: "Health", icon: "M1.5 8.5h3l2-5 3 9 2-4h3" },
  playground: { text: "Playground", icon: "M4 2.5v11l9-5.5z" },
} as const;

export type PageName = keyof typeof entries;

export const isPageName = (text: string): text is PageName => Object.hasOwn(entries, text);

/** A deployed stack has no playground. */
const shownIn = (mode: Session["mode"]) =>
  (Object.keys(entries) as PageName[]).filter((page) => page !== "playground" || mode === "embedded");

export function Sidebar({ route, session }: { route: Route; session: Session }) {
  const [open = "journeys"] = route.parts;
  return (
    <header class="sidebar">
      <nav aria-label="Pages">
        <ul>
          {shownIn(session.mode).map((page) => (
            <li key={page}>
              <a href={`/${page}`} aria-current={page === open ? "page" : undefined}>
                <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
                  <path
                    d={entries[page].icon}
                    fill="none"
                    stroke="currentColor"
                    stroke-width="1.5"
                    stroke-linejoin="round"
                  />
                </svg>
                <span class="label">{entries[page].text}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <p class="about">
        {session.mode === "embedded" ? (
          <span title="The examples, in memory, on a virtual clock. Nothing is sent.">
            embedded<span class="more"> engine</span>
          </span>
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
