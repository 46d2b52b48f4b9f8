/** The condition builder: rows that a person reads as a sentence, under "all of" or "any of". */
import { members } from "../../../../lambdas/domain/documents/unchecked-document.ts";
import { get, set } from "../../../edit/document/set.ts";
import { emptyCondition, grouped, groupOf } from "../../../edit/forms/values.ts";
import { ConditionRow, type ConditionRowProps } from "./condition-row.tsx";

type Props = Pick<ConditionRowProps, "desk" | "path" | "id">;

/** Deeper nesting can only be edited in the text, because a form of it would be hard to read. */
const DEEPEST = 2;

export function ConditionField({ desk, path, id, depth = 0 }: Props & { depth?: number }) {
  const value = get(desk.draft.value, path);
  const { word, parts } = groupOf(value);
  const write = (next: unknown) => desk.write(set(desk.draft.value, path, next));
  const change = (index: number, part: unknown) =>
    write(grouped(word, part === undefined ? parts.filter((_, each) => each !== index) : parts.with(index, part)));
  return (
    <div class="conditions">
      {parts.length > 1 ? (
        <select
          aria-label="Which must hold"
          value={word}
          onChange={({ currentTarget }) => write(grouped(currentTarget.value as "all", parts))}
        >
          <option value="all">all of these</option>
          <option value="any">any of these</option>
        </select>
      ) : null}
      {parts.map((part, index) => (
        <Part
          key={index}
          desk={desk}
          path={parts.length === 1 ? path : [...path, word, index]}
          id={`${id}-${index}`}
          part={members(part)}
          depth={depth}
          onChange={(next) => change(index, next)}
        />
      ))}
      <button type="button" onClick={() => write(grouped(word, [...parts, emptyCondition]))}>
        Add a condition
      </button>
    </div>
  );
}

type PartProps = ConditionRowProps & { readonly depth: number };

function Part(props: PartProps) {
  const { desk, path, id, part, depth, onChange } = props;
  const removal = (
    <button type="button" class="quiet" aria-label="Remove this condition" onClick={() => onChange(undefined)}>
      ×
    </button>
  );
  if ("all" in part || "any" in part)
    return (
      <div class="nested">
        {depth < DEEPEST ? (
          <ConditionField desk={desk} path={path} id={id} depth={depth + 1} />
        ) : (
          <code>{JSON.stringify(part)}</code>
        )}
        {removal}
      </div>
    );
  if ("not" in part)
    return (
      <div class="nested">
        <span>not</span>
        {depth < DEEPEST ? (
          <ConditionField desk={desk} path={[...path, "not"]} id={id} depth={depth + 1} />
        ) : (
          <code>{JSON.stringify(part)}</code>
        )}
        {removal}
      </div>
    );
  return (
    <div class="row">
      <ConditionRow {...props} />
      {removal}
    </div>
  );
}
