/**
 * The address of the page: which page is shown, and with which parameters. Links are real links; a click does not load
 * the page anew.
 */
import { useEffect, useState } from "preact/hooks";
import { partsOf } from "./path.ts";

export interface Route {
  /** The parts of the path, such as `["journeys", "abandoned-cart"]`. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

const changed = "route-changed";

export function go(path: string, how: "push" | "replace" = "push"): void {
  if (how === "push") history.pushState(null, "", path);
  else history.replaceState(null, "", path);
  dispatchEvent(new Event(changed));
}

export function useRoute(): Route {
  const [route, setRoute] = useState(current);
  useEffect(() => {
    const follow = () => setRoute(current());
    addEventListener("popstate", follow);
    addEventListener(changed, follow);
    return () => {
      removeEventListener("popstate", follow);
      removeEventListener(changed, follow);
    };
  }, []);
  return route;
}

function current(): Route {
  return { parts: partsOf(location.pathname), query: new URLSearchParams(location.search) };
}

/** Handles clicks on links inside an element. The browser itself handles clicks that open a new tab. */
export function followLinks(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (link.origin !== location.origin || link.target !== "" || link.hash !== "") return;
  event.preventDefault();
  go(`${link.pathname}${link.search}`);
}
