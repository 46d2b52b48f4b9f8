/** Values by name, such as the data of a message or the attributes to set: one row each. */

import type { Path } from "../../../../lambdas/domain/documents/problem.ts";
import { entries } from "../../../../lambdas/domain/documents/unchecked-document.ts";
import { get, set } from "../../../edit/document/set.ts";
import { valueFrom, valueText } from "../../../edit/forms/values.ts";
import type { Desk } from "../desk/use-desk.ts";
import { TextInput } from "./inputs.tsx";

export function Values({ desk, path }: { desk: Desk; path: Path }) {
  const { draft } = desk;
  const rows = entries(get(draft.value, path));
  const write = (next: readonly (readonly [string, unknown])[]) =>
    desk.write(set(draft.value, path, next.length === 0 ? undefined : Object.fromEntries(next)));
  const change = (index: number, row: readonly [string, unknown]) =>
    write(rows.map((each, place) => (place === index ? row : each)));
  return (
    <>
      {rows.map(([name, value], index) => (
        <div key={index} class="row">
          <TextInput
            id={`${path.join("-")}-name-${index}`}
            label={`Name ${index + 1}`}
            text={name}
            onText={(text) => change(index, [text, value])}
          />
          <span aria-hidden="true">=</span>
          <TextInput
            id={`${path.join("-")}-value-${index}`}
            label={`Value of ${name}`}
            text={valueText(value)}
            onText={(text) => change(index, [name, valueFrom(text)])}
          />
          <button
            type="button"
            class="quiet"
            aria-label={`Remove ${name}`}
            onClick={() => write(rows.filter((_, place) => place !== index))}
          >
            ×
          </button>
        </div>
      ))}
      <button type="button" onClick={() => write([...rows, [freeName(rows), ""]])}>
        Add a value
      </button>
    </>
  );
}

function freeName(rows: readonly (readonly [string, unknown])[]): string {
  const names = rows.map(([name]) => name);
  for (let number = 1; ; number++) if (!names.includes(`name${number}`)) return `name${number}`;
}
