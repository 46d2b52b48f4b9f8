/** The stack that the console shows, and whether the console may change it. Every part of the page can read this. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Session } from "../../api/api.ts";

export const SessionContext = createContext<Session>({ mode: "stack", name: "", write: false });

export const useSession = () => useContext(SessionContext);
