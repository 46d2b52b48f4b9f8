/** The menu of a connection: put a component in (also by a letter key), or lead the connection to another component. */
import { useEffect, useRef } from "preact/hooks";
import { glyphs } from "../../../../insight/picture/looks.ts";
import { kindNames } from "../../../../insight/words/captions.ts";
import type { Path } from "../../../../lambdas/domain/documents/problem.ts";
import { entries, type Members, members } from "../../../../lambdas/domain/documents/unchecked-document.ts";
import type { ComponentType } from "../../../../lambdas/domain/journey/component.ts";
import { get } from "../../../edit/document/set.ts";
import { paint } from "../../look/theme.ts";

const letters: Readonly<Record<ComponentType, string>> = {
  wait: "w",
  sendTemplate: "s",
  messageStatusRule: "r",
  condition: "c",
  waitFor: "f",
  split: "p",
  addTag: "t",
  removeTag: "x",
  updateCustomer: "u",
  emitEvent: "e",
};

interface Props {
  readonly connection: Path;
  readonly document: Members;
  readonly at: DOMRect;
  readonly onInsert: (type: ComponentType) => void;
  /** `undefined`: to the end. */
  readonly onConnect: (to: string | undefined) => void;
  readonly onClose: () => void;
}

const [WIDTH, HEIGHT] = [272, 400];

export function ConnectionMenu({ connection, document: journey, at, onInsert, onConnect, onClose }: Props) {
  const menu = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    menu.current?.showModal();
    menu.current?.querySelector("button")?.focus();
  }, []);
  const to = get(journey, connection);
  const components = entries(journey.components).filter(([id]) => id !== connection[1]);
  const press = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLSelectElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const type = (Object.keys(letters) as ComponentType[]).find((each) => letters[each] === event.key);
    if (!type) return;
    event.preventDefault();
    onInsert(type);
  };
  return (
    <dialog
      ref={menu}
      class="connection-menu"
      aria-label="Connection"
      style={{
        left: `${Math.max(8, Math.min(at.right + 8, innerWidth - WIDTH - 8))}px`,
        top: `${Math.max(8, Math.min(at.top - 24, innerHeight - HEIGHT - 8))}px`,
      }}
      onKeyDown={press}
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <h2>Put in</h2>
      <ul>
        {(Object.keys(letters) as ComponentType[]).map((type) => (
          <li key={type}>
            <button type="button" class="quiet" onClick={() => onInsert(type)}>
              <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
                <path d={glyphs[type]} fill="none" stroke={paint(`${type}-stroke`)} stroke-width="1.6" />
              </svg>
              {kindNames[type]}
              <span class="key" aria-hidden="true">
                {letters[type]}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <label>
        Leads to{" "}
        <select
          value={typeof to === "string" ? to : ""}
          onChange={({ currentTarget: { value } }) => onConnect(value === "" ? undefined : value)}
        >
          <option value="">the end</option>
          {components.map(([id, raw]) => (
            <option key={id} value={id}>
              {String(members(raw).name ?? id)}
            </option>
          ))}
        </select>
      </label>
    </dialog>
  );
}
