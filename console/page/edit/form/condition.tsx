/** The condition builder: rows that a person reads as a sentence, under "all of" or "any of". */
import { type OperatorName, operatorOf, operators } from "../../../../lambdas/domain/conditions/operators.ts";
import type { Path } from "../../../../lambdas/domain/documents/problem.ts";
import { type Members, members } from "../../../../lambdas/domain/documents/unchecked-document.ts";
import { statuses } from "../../../../lambdas/domain/messages/message-status.ts";
import { get, set } from "../../../edit/document/set.ts";
import {
  emptyCondition,
  grouped,
  groupOf,
  listFrom,
  listText,
  valueFrom,
  valueText,
  withOperator,
} from "../../../edit/forms/values.ts";
import { offered } from "../../../edit/schema/offered.ts";
import type { Desk } from "../desk/use-desk.ts";
import { DurationInput, TextInput } from "./inputs.tsx";

interface Props {
  readonly desk: Desk;
  readonly path: Path;
  readonly id: string;
}

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

type PartProps = Props & { readonly part: Members; readonly depth: number; readonly onChange: (next: unknown) => void };

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
      {"message" in part ? (
        <MessageRow {...props} />
      ) : "count" in part ? (
        <CountRow {...props} />
      ) : (
        <FieldRow {...props} />
      )}
      {removal}
    </div>
  );
}

function FieldRow({ desk, path, id, part, onChange }: PartProps) {
  const operator = Object.hasOwn(operators, String(part.operator)) ? (part.operator as OperatorName) : "equals";
  return (
    <>
      <TextInput
        id={`${id}-field`}
        label="Field"
        text={String(part.field ?? "")}
        list={`${id}-fields`}
        onText={(field) => onChange({ ...part, field })}
      />
      <datalist id={`${id}-fields`}>
        {offered(desk.draft.value, [...path, "field"], desk.vocabulary).map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <select
        aria-label="Comparison"
        value={operator}
        onChange={({ currentTarget }) => onChange(withOperator(part, currentTarget.value as OperatorName))}
      >
        {(Object.keys(operators) as OperatorName[]).map((name) => (
          <option key={name} value={name}>
            {operatorOf(name).sign}
          </option>
        ))}
      </select>
      <Operand
        id={`${id}-value`}
        kind={operatorOf(operator).value}
        value={part.value}
        onValue={(value) => onChange({ ...part, value })}
      />
    </>
  );
}

interface OperandProps {
  readonly id: string;
  readonly kind: "one" | "list" | "range" | "span" | "none";
  readonly value: unknown;
  readonly onValue: (value: unknown) => void;
}

function Operand({ id, kind, value, onValue }: OperandProps) {
  if (kind === "none") return null;
  if (kind === "span")
    return (
      <DurationInput id={id} label="Time" duration={String(value ?? "")} onDuration={(span) => onValue(span ?? "")} />
    );
  if (kind === "one")
    return <TextInput id={id} label="Value" text={valueText(value)} onText={(text) => onValue(valueFrom(text))} />;
  return (
    <TextInput
      id={id}
      label={kind === "list" ? "Values" : "From, to"}
      text={listText(value ?? [])}
      onText={(text) => onValue(listFrom(text))}
    />
  );
}

function MessageRow({ desk, path, part, onChange }: PartProps) {
  return (
    <>
      <select
        aria-label="Message"
        value={String(part.message)}
        onChange={({ currentTarget }) => onChange({ ...part, message: currentTarget.value })}
      >
        {offered(desk.draft.value, [...path, "message"], desk.vocabulary).map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
      <select
        aria-label="Status"
        value={String(part.status)}
        onChange={({ currentTarget }) => onChange({ ...part, status: currentTarget.value })}
      >
        {statuses.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
    </>
  );
}

function CountRow({ id, part, onChange }: PartProps) {
  const { count } = part;
  const { operator = "greaterThanOrEquals", value = 1 } = members(count);
  return (
    <>
      <TextInput
        id={`${id}-event`}
        label="Event"
        text={String(part.event ?? "")}
        onText={(event) => onChange({ ...part, event })}
      />
      <span>{operatorOf(operator as OperatorName).sign}</span>
      <input
        type="number"
        aria-label="How often"
        value={Number(value)}
        onInput={({ currentTarget }) => onChange({ ...part, count: { operator, value: Number(currentTarget.value) } })}
      />
      <DurationInput
        id={`${id}-within`}
        label="Within"
        duration={String(part.within ?? "")}
        onDuration={(within) => onChange({ ...part, within: within ?? "" })}
      />
    </>
  );
}
