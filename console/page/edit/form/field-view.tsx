/** One field of a form: its label, its input and what is wrong with it. Every input writes into the document at once. */
import type { ComponentChildren } from "preact";
import { pathText } from "../../../../lambdas/domain/documents/problem.ts";
import { members } from "../../../../lambdas/domain/documents/unchecked-document.ts";
import { get, set } from "../../../edit/document/set.ts";
import type { Field, FieldKind } from "../../../edit/forms/fields.ts";
import { listFrom, listText } from "../../../edit/forms/values.ts";
import { offered } from "../../../edit/schema/offered.ts";
import type { Desk } from "../desk/use-desk.ts";
import { ConditionField } from "./condition.tsx";
import { DurationInput, TextInput } from "./inputs.tsx";
import { Group, List } from "./parts.tsx";
import { Values } from "./values.tsx";

export interface FieldProps {
  readonly desk: Desk;
  readonly field: Field;
}

type Show = (
  props: FieldProps & { readonly value: unknown; readonly id: string; readonly write: (value: unknown) => void },
) => ComponentChildren;

const shown: Readonly<Record<FieldKind, Show>> = {
  text: ({ id, value, write }) => (
    <TextInput id={id} text={textOf(value)} onText={(text) => write(text === "" ? undefined : text)} />
  ),
  "long-text": ({ id, value, write }) => (
    <TextInput id={id} text={textOf(value)} rows={3} onText={(text) => write(text === "" ? undefined : text)} />
  ),
  number: ({ id, value, write }) => (
    <input
      id={id}
      type="number"
      step="any"
      value={typeof value === "number" ? value : ""}
      onInput={({ currentTarget }) => write(currentTarget.value === "" ? undefined : Number(currentTarget.value))}
    />
  ),
  "yes-no": ({ id, value, write }) => (
    <input
      id={id}
      type="checkbox"
      checked={value === true}
      onChange={({ currentTarget }) => write(currentTarget.checked || undefined)}
    />
  ),
  choice: ({ id, field, value, write }) => (
    <select
      id={id}
      value={textOf(value)}
      onChange={({ currentTarget }) => write(currentTarget.value === "" ? undefined : currentTarget.value)}
    >
      {field.required && value !== undefined ? null : <option value="">—</option>}
      {field.choices.map((choice) => (
        <option key={String(choice)} value={String(choice)}>
          {String(choice)}
        </option>
      ))}
    </select>
  ),
  duration: ({ id, value, write }) => <DurationInput id={id} duration={textOf(value)} onDuration={write} />,
  offered: ({ id, desk, field, value, write }) => (
    <Offered id={id} desk={desk} field={field} value={textOf(value)} write={write} />
  ),
  target: ({ id, desk, field, value, write }) => {
    const ids = offered(desk.draft.value, field.path, desk.vocabulary);
    const to = textOf(value);
    return (
      <select
        id={id}
        value={to}
        onChange={({ currentTarget }) => write(currentTarget.value === "" ? undefined : currentTarget.value)}
      >
        <option value="">the end</option>
        {to === "" || ids.includes(to) ? null : <option value={to}>{to} (does not exist)</option>}
        {ids.map((each) => (
          <option key={each} value={each}>
            {String(members(members(desk.draft.value.components)[each]).name ?? each)}
          </option>
        ))}
      </select>
    );
  },
  condition: ({ desk, field, id }) => <ConditionField desk={desk} path={field.path} id={id} />,
  texts: ({ id, desk, field, value, write }) => (
    <>
      <TextInput
        id={id}
        text={listText(value ?? [])}
        list={`${id}-list`}
        onText={(text) => write(text.trim() === "" ? (field.required ? [] : undefined) : listFrom(text).map(String))}
      />
      <Names id={`${id}-list`} names={offered(desk.draft.value, field.path, desk.vocabulary)} />
    </>
  ),
  choices: ({ field, value, write, id }) => {
    const all = field.schema.items?.enum ?? [];
    const chosen = Array.isArray(value) ? (value as unknown[]) : [];
    return (
      <span class="checks" id={id}>
        {all.map((choice) => (
          <label key={String(choice)}>
            <input
              type="checkbox"
              checked={chosen.includes(choice)}
              onChange={({ currentTarget: { checked } }) => {
                const next = all.filter((each) => (each === choice ? checked : chosen.includes(each)));
                write(next.length === 0 ? undefined : next);
              }}
            />
            {String(choice)}
          </label>
        ))}
      </span>
    );
  },
  values: ({ desk, field }) => <Values desk={desk} path={field.path} />,
  list: ({ desk, field }) => <List desk={desk} field={field} />,
  group: ({ desk, field }) => <Group desk={desk} field={field} />,
  json: ({ id, value }) => (
    <code id={id} class="as-text">
      {value === undefined ? "—" : JSON.stringify(value)}
    </code>
  ),
};

/** Kinds that are a part of the form by themselves: their title is a heading, not the label of one input. */
const wide: readonly FieldKind[] = ["condition", "values", "list", "group", "choices", "json"];

export function FieldView({ desk, field }: FieldProps) {
  const { draft } = desk;
  const id = `field-${field.path.join("-")}`;
  const value = get(draft.value, field.path);
  const write = (next: unknown) => desk.write(set(draft.value, field.path, next));
  const path = pathText(field.path);
  const wrong = draft.problems.filter((each) => each.path === path && each.severity !== "warning");
  const Show = shown[field.kind];
  const body = <Show desk={desk} field={field} value={value} id={id} write={write} />;
  const told = wrong.map(({ code, message }) => (
    <p key={code + message} class="bad-text">
      {message}
    </p>
  ));
  if (wide.includes(field.kind))
    return (
      <fieldset class="field" title={field.description}>
        <legend>{field.label}</legend>
        {body}
        {told}
      </fieldset>
    );
  return (
    <div class={`field${wrong.length > 0 ? " wrong" : ""}`} title={field.description}>
      <label for={id}>{field.label}</label>
      {body}
      {told}
    </div>
  );
}

const textOf = (value: unknown) =>
  typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);

/** An input for a name that exists or, for events and fields, for a new name. */
function Offered({
  id,
  desk,
  field,
  value,
  write,
}: FieldProps & { id: string; value: string; write: (value: unknown) => void }) {
  const names = offered(desk.draft.value, field.path, desk.vocabulary);
  if (field.name !== "template" && field.name !== "message")
    return (
      <>
        <TextInput
          id={id}
          text={value}
          list={`${id}-list`}
          onText={(text) => write(text === "" && !field.required ? undefined : text)}
        />
        <Names id={`${id}-list`} names={names} />
      </>
    );
  return (
    <select id={id} value={value} onChange={({ currentTarget }) => write(currentTarget.value)}>
      {value === "" ? <option value="">Choose…</option> : null}
      {value === "" || names.includes(value) ? null : <option value={value}>{value} (does not exist)</option>}
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  );
}

export function Names({ id, names }: { id: string; names: readonly string[] }) {
  return (
    <datalist id={id}>
      {names.map((name) => (
        <option key={name} value={name} />
      ))}
    </datalist>
  );
}
