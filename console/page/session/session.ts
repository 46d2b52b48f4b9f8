/** What the console looks at, and whether it may write: every part of the page may ask. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Session } from "../../api/api.ts";

export const SessionContext = createContext<Session>({ mode: "stack", name: "", write: false });

export const useSession = () => useContext(SessionContext);
