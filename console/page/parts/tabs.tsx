/** Tabs: one of several parts of a page. The arrow keys go to the next tab, as the pattern of ARIA says. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

interface Tab {
  readonly text: string;
  readonly body: () => ComponentChildren;
}

interface Props {
  readonly label: string;
  readonly open: string;
  readonly onOpen: (name: string) => void;
  readonly tabs: Readonly<Record<string, Tab>>;
}

export function Tabs({ label, open, onOpen, tabs }: Props) {
  const names = Object.keys(tabs);
  const shown = Object.hasOwn(tabs, open) ? open : (names[0] ?? "");
  const list = useRef<HTMLDivElement>(null);
  // On a narrow screen the row of tabs scrolls: the open one must be seen.
  useLayoutEffect(() => {
    const tab = document.getElementById(`tab-${shown}`);
    if (tab && list.current) list.current.scrollLeft = tab.offsetLeft - list.current.offsetLeft - 16;
  }, [shown]);
  const move = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const next = names[(names.indexOf(shown) + by + names.length) % names.length] ?? shown;
    onOpen(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <section class="tabs">
      <div ref={list} role="tablist" aria-label={label}>
        {names.map((name) => (
          <button
            key={name}
            id={`tab-${name}`}
            type="button"
            role="tab"
            aria-selected={name === shown}
            aria-controls="tab-body"
            tabIndex={name === shown ? 0 : -1}
            onClick={() => onOpen(name)}
            onKeyDown={move}
          >
            {tabs[name]?.text}
          </button>
        ))}
      </div>
      <div id="tab-body" role="tabpanel" aria-labelledby={`tab-${shown}`}>
        {tabs[shown]?.body()}
      </div>
    </section>
  );
}
