/** One condition of the condition builder: a comparison of a field, a status of a message, or a count of events. */
import { type OperatorName, operatorOf, operators } from "../../../../lambdas/domain/conditions/operators.ts";
import type { Path } from "../../../../lambdas/domain/documents/problem.ts";
import { type Members, members } from "../../../../lambdas/domain/documents/unchecked-document.ts";
import { statuses } from "../../../../lambdas/domain/messages/message-status.ts";
import { listFrom, listText, valueFrom, valueText, withOperator } from "../../../edit/forms/values.ts";
import { offered } from "../../../edit/schema/offered.ts";
import type { Desk } from "../desk/use-desk.ts";
import { DurationInput, TextInput } from "./inputs.tsx";

export interface ConditionRowProps {
  readonly desk: Desk;
  readonly path: Path;
  readonly id: string;
  readonly part: Members;
  readonly onChange: (next: unknown) => void;
}

export function ConditionRow(props: ConditionRowProps) {
  if ("message" in props.part) return <MessageRow {...props} />;
  return "count" in props.part ? <CountRow {...props} /> : <FieldRow {...props} />;
}

function FieldRow({ desk, path, id, part, onChange }: ConditionRowProps) {
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

function MessageRow({ desk, path, part, onChange }: ConditionRowProps) {
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

function CountRow({ id, part, onChange }: ConditionRowProps) {
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
