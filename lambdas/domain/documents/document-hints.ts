/**
 * What to write in place of a mistake, for people who write journeys and templates by hand: the word of this format for
 * a word of another system, and an example of the right form. This file is apart from `problem.ts`, because the
 * functions that handle events check no documents.
 */
import type * as z from "zod/mini";
import { durationOfUnit } from "../time/duration-words.ts";
import { didYouMean } from "../values/did-you-mean.ts";
import { own } from "../values/json.ts";
import type { Hints, Path } from "./problem.ts";
import { reservedNames } from "./reserved-names.ts";
import { synonymOf } from "./synonyms.ts";
import { members } from "./unchecked-document.ts";

/** A member's name from another system is suggested before a name with a similar spelling. */
function memberHint(key: string, known: readonly string[], input: unknown): string {
  const count = (input as Readonly<Record<string, unknown>> | undefined)?.[key];
  const length = known.includes("for") && typeof count === "number" ? durationOfUnit(count, key) : undefined;
  if (length !== undefined) return ` Write "for": "${length}".`;
  if (known.includes("subject") && /^(from|sender|replyTo)$/.test(key)) return ' A journey has it, in "sender".';
  if (known.includes("template")) {
    if (/^(from|sender|replyTo)$/.test(key)) return ' The journey has it, in "sender".';
    if (/^(subject|html|text|body|preheader|channel|class)$/.test(key)) return " The template has it.";
    if (/^(to|recipient|email|address)$/.test(key))
      return " The message goes to the customer's own address, customer.email.";
  }
  const meant = synonymOf(key, known);
  return meant === undefined ? didYouMean(key, known) : ` Did you mean "${meant}"?`;
}

const leaveOut = " To end the journey here, leave it out.";

/** What an author of a `null` probably wants, by the name of the member. */
const nullHints: Readonly<Record<string, string>> = {
  value: ' For a missing value, use the operator "notExists" without a value.',
  next: leaveOut,
  met: leaveOut,
  notMet: leaveOut,
  otherwise: leaveOut,
};

const condition = ' Write { "field": "event.total", "operator": "greaterThan", "value": 20 }.';
const oneTrigger = " One event starts a journey. For a second event, write a second journey.";
const oneComponent = " A condition or a split chooses between several components.";

/** What to write in place of a value of a wrong type, by the name of the member; `goals[]` is an item of goals. */
const typeHints: Readonly<Record<string, string>> = {
  trigger: ' Write { "event": "order.placed" }.',
  sender: ' Write { "from": "Shop <hello@shop.example>" }.',
  components: ' Write { "greet": { "type": "sendTemplate", "template": "welcome" } }.',
  "exit[]": ' Write { "id": "bought", "event": "order.placed" }.',
  "goals[]": ' Write { "id": "purchase", "event": "order.placed" }.',
  where: condition,
  audience: condition,
  when: condition,
  schedule: ' Write { "cron": "0 9 * * mon" }, { "every": "P1D" } or { "at": "2026-12-01T09:00" }.',
  date: ' Write { "field": "customer.birthday", "time": "09:00", "repeat": "yearly" }.',
  set: ' Write { "plan": "pro" }.',
  data: ' Write { "gift": "5 €" }.',
  percent: " Write 50 for half of the customers.",
  version: ' Leave it out, or write "current".',
  until:
    ' Write { "time": "09:00" } for a time of day, or { "field": "customer.trialEndsAt", "ifPast": "continue" } for a date in a field.',
  quietHours: ' For the hours that a law asks for, write "us-sms".',
  next: oneComponent,
  met: oneComponent,
  notMet: oneComponent,
  otherwise: oneComponent,
};

function typeHint(member: string, input: unknown, path: Path): string {
  if (input === null) return own(nullHints, member) ?? "";
  const hint = own(typeHints, member) ?? "";
  if (!Array.isArray(input)) return hint;
  if (member === "event") return path[0] === "trigger" ? oneTrigger : " Write a rule for each event.";
  return hint === condition ? ' Write { "all": [ … ] } around several conditions.' : hint;
}

const noCondition = `This is no condition.${condition} Around several conditions, write "all", "any" or "not".`;

/** Whether an object in place of a condition has no member of any kind of condition, not even by another system's name. */
function isNoCondition({ input, errors }: z.core.$ZodIssueInvalidUnion): boolean {
  if (members(input) !== input || Object.keys(input).length === 0) return false;
  const known = errors.flatMap((issues) =>
    issues.flatMap((issue) => (issue.code === "unrecognized_keys" ? (JSON.parse(issue.message) as string[]) : [])),
  );
  if (!["all", "any", "not"].every((name) => known.includes(name))) return false;
  const names = [...known, "field", "operator", "value", "event", "count", "message", "status", "segment"];
  return Object.keys(input).every((key) => !names.includes(key) && synonymOf(key, names) === undefined);
}

/** The name of a preset in an object, as in `{ "preset": "us-sms" }`. */
function isPresetInObject({ input, path }: z.core.$ZodIssueInvalidUnion): boolean {
  return path.at(-1) === "quietHours" && Object.hasOwn(members(input), "preset");
}

const presetAlone = 'A preset stands alone, without an object. Write "quietHours": "us-sms".';

export const documentHints: Hints = {
  member: memberHint,
  value: typeHint,
  reserved: reservedNames,
  union: (issue) => (isNoCondition(issue) ? noCondition : isPresetInObject(issue) ? presetAlone : undefined),
};
