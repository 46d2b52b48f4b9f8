/** The form of the chosen card; without one, the form of the journey as a whole. */
import { useState } from "preact/hooks";
import { TRIGGER } from "../../../../insight/picture/diagram/diagram.ts";
import { kindNames } from "../../../../insight/words/captions.ts";
import { members } from "../../../../lambdas/domain/documents/unchecked-document.ts";
import { ID } from "../../../../lambdas/domain/documents/vocabulary.ts";
import type { ComponentType } from "../../../../lambdas/domain/journey/component.ts";
import { remove, rename } from "../../../edit/document/components.ts";
import { fieldsAt } from "../../../edit/forms/fields.ts";
import { pathOfCard } from "../../../edit/picture/cards.ts";
import type { Desk } from "../desk/use-desk.ts";
import { Fields } from "./parts.tsx";

export function Form({ desk, readOnly }: { desk: Desk; readOnly: boolean }) {
  const { draft, card } = desk;
  if (!draft.isJson)
    return <p class="faint">The text is no JSON now. Mend it in the text; the form then shows it again.</p>;
  const path = card === undefined ? [] : pathOfCard(card, draft.value);
  if (!path)
    return <p class="faint">This card has no form: the journey ends here, or names a component that does not exist.</p>;
  const component = path[0] === "components" ? String(path[1]) : undefined;
  const type =
    component === undefined ? undefined : (members(members(draft.value.components)[component]).type as ComponentType);
  return (
    <fieldset class="form" disabled={readOnly} key={card ?? ""}>
      <legend class="hidden">Form</legend>
      <div class="panel-head">
        <h2>{component ?? titleOf(card)}</h2>
        {card === undefined ? null : (
          <button type="button" class="quiet" onClick={() => desk.choose(undefined)}>
            Journey
          </button>
        )}
      </div>
      {component === undefined ? null : (
        <>
          <p class="faint">{(type !== undefined && kindNames[type]) || "Unknown type"}</p>
          <IdField key={component} desk={desk} id={component} />
        </>
      )}
      <Fields desk={desk} fields={fieldsAt(draft.value, path)} />
      {component === undefined ? null : (
        <button
          type="button"
          onClick={() => {
            desk.write(remove(draft.value, component));
            desk.choose(undefined);
          }}
        >
          Delete {component}
        </button>
      )}
    </fieldset>
  );
}

function titleOf(card: string | undefined): string {
  if (card === undefined) return "Journey";
  return card === TRIGGER ? "Trigger" : card.replace(/^~(exit|goal) /, "").replace("~limits", "Limits");
}

/** The id is the key of a component everywhere: it is changed in one step, when the person has finished. */
function IdField({ desk, id }: { desk: Desk; id: string }) {
  const [typed, setTyped] = useState(id);
  const ids = Object.keys(members(desk.draft.value.components));
  const problem = !ID.test(typed)
    ? "Use small letters, digits and hyphens."
    : typed !== id && ids.includes(typed)
      ? "There is a component with this id already."
      : undefined;
  const finish = () => {
    if (problem !== undefined) return setTyped(id);
    if (typed === id) return;
    desk.write(rename(desk.draft.value, id, typed));
    desk.choose(typed);
  };
  return (
    <div class="field">
      <label for="component-id">Id</label>
      <input
        id="component-id"
        value={typed}
        aria-invalid={problem !== undefined}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        onBlur={finish}
        onKeyDown={({ key }) => key === "Enter" && finish()}
      />
      {problem === undefined ? null : <p class="bad-text">{problem}</p>}
    </div>
  );
}
