/** The parts of a form that hold other fields: an object, one of several forms of an object, and a list of them. */
import { items } from "../../../../lambdas/domain/documents/unchecked-document.ts";
import { get, set } from "../../../edit/document/set.ts";
import { type Field, fieldOf, fieldsAt, firstValue, variantIndex, variantsOf } from "../../../edit/forms/fields.ts";
import { alternatives } from "../../../edit/schema/schema.ts";
import { type FieldProps, FieldView } from "./field-view.tsx";

export function Group({ desk, field }: FieldProps) {
  const { draft } = desk;
  const value = get(draft.value, field.path);
  const write = (next: unknown) => desk.write(set(draft.value, field.path, next));
  const variants = variantsOf(field.schema);
  if (variants.length === 1 && value === undefined)
    return (
      <button type="button" onClick={() => write(firstValue(field.schema))}>
        Add {field.label.toLowerCase()}
      </button>
    );
  return (
    <>
      {variants.length > 1 ? (
        <select
          aria-label={`${field.label}: which`}
          value={variantIndex(field.schema, value)}
          onChange={({ currentTarget }) => {
            const chosen = variants[Number(currentTarget.value)];
            write(chosen && (chosen.first ?? firstValue(chosen.schema)));
          }}
        >
          <option value={-1}>—</option>
          {variants.map(({ title }, index) => (
            <option key={title} value={index}>
              {title}
            </option>
          ))}
        </select>
      ) : null}
      {typeof value === "object" && value !== null ? (
        <>
          <Fields desk={desk} fields={fieldsAt(draft.value, field.path)} />
          {field.required ? null : (
            <button type="button" class="link" onClick={() => write(undefined)}>
              Remove {field.label.toLowerCase()}
            </button>
          )}
        </>
      ) : null}
    </>
  );
}

export function Fields({ desk, fields }: { desk: FieldProps["desk"]; fields: readonly Field[] }) {
  return (
    <>
      {fields.map((field) => (
        <FieldView key={field.path.join(".")} desk={desk} field={field} />
      ))}
    </>
  );
}

/** Branches, goals, exit rules, caps: each item is a form of its own. */
export function List({ desk, field }: FieldProps) {
  const { draft } = desk;
  const all = items(get(draft.value, field.path));
  const [schema] = alternatives(field.schema).filter(({ type }) => type === "array");
  const item = schema?.items ?? {};
  const write = (next: readonly unknown[]) =>
    desk.write(set(draft.value, field.path, next.length === 0 && !field.required ? undefined : next));
  const values = all.map(([, value]) => value);
  return (
    <>
      {all.map(([index]) => {
        const isObject = alternatives(item)[0]?.properties !== undefined;
        const fields = isObject
          ? fieldsAt(draft.value, [...field.path, index])
          : [fieldOf([...field.path, index], item, true)];
        return (
          <fieldset key={index} class="item">
            <legend>{`${singular(field.label)} ${index + 1}`}</legend>
            <Fields desk={desk} fields={fields} />
            <button
              type="button"
              class="link"
              onClick={() => write(values.filter((_, each) => each !== index))}
            >{`Remove ${singular(field.label).toLowerCase()} ${index + 1}`}</button>
          </fieldset>
        );
      })}
      <button type="button" onClick={() => write([...values, firstValue(item)])}>
        Add {singular(field.label).toLowerCase()}
      </button>
    </>
  );
}

const singular = (label: string) =>
  label
    .replace(/^Branches$/, "Branch")
    .replace(/^Goals$/, "Goal")
    .replace(/^Exit rules$/, "Exit rule");
