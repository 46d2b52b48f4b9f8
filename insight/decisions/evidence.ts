/**
 * Evidence: the values that a decision read, looked up in what is stored today. Each value says whether the decision
 * certainly read the same value.
 */
import type { Condition } from "../../lambdas/domain/conditions/condition.ts";
import { leaves } from "../../lambdas/domain/conditions/condition-tree.ts";
import { reader } from "../../lambdas/domain/conditions/evaluate.ts";
import { pathsRead } from "../../lambdas/domain/conditions/value-path.ts";
import type { Customer } from "../../lambdas/domain/customer/customer.ts";
import { topicFact } from "../../lambdas/domain/customer/merge-changes.ts";
import { type Status, statusTime } from "../../lambdas/domain/messages/message-status.ts";
import { minus, type Time } from "../../lambdas/domain/time/time.ts";
import { type Json, own } from "../../lambdas/domain/values/json.ts";
import { parsePath } from "../../lambdas/domain/values/path.ts";
import { durationText } from "../words/duration-text.ts";
import { factsIn, type HistoricView, messagesIn, startedByEvent, timesOf } from "./historic-view.ts";

export interface Evidence {
  /** A field's path, a counted event, a message with its status, or a share. */
  readonly what: string;
  /** Absent when the value was missing, or when it is not stored any more. */
  readonly value?: Json;
  /** The attribute changed after the decision, so `value` is the value of today. */
  readonly changedAt?: Time;
  /** Whether the value has expired and is not stored any more. */
  readonly expired?: true;
}

/** Everything that conditions read, each value once. */
export function conditionEvidence(conditions: readonly Condition[], view: HistoricView): Evidence[] {
  const found = conditions.flatMap(leaves).flatMap((leaf) => {
    if ("field" in leaf) return pathsRead(leaf).map((path) => fieldEvidence(path, view));
    return "message" in leaf
      ? [statusEvidence(leaf.message, leaf.status, view)]
      : [countEvidence(leaf.event, leaf.within, view)];
  });
  return [...new Map(found.map((evidence) => [evidence.what, evidence])).values()];
}

export function fieldEvidence(path: string, view: HistoricView): Evidence {
  const facts = factsIn(view);
  const value = reader(path)(facts);
  const evidence = { what: path, ...(value !== undefined && { value }) };
  const { root, names } = parsePath(path);
  const [name = "", ...rest] = names;
  if (root === "event" || root === "enrollment.event")
    return (root === "event" ? facts.event : facts.enrollmentEvent) === undefined && startedByEvent(view)
      ? { what: path, expired: true }
      : evidence;
  const changedAt = root === "customer" ? changedAfter(name, rest, view) : undefined;
  return changedAt === undefined ? evidence : { ...evidence, changedAt };
}

function changedAfter(
  name: string,
  rest: readonly string[],
  { at, customer, setLater }: HistoricView,
): Time | undefined {
  const [topic] = name === "topics" ? rest : [];
  const names = name === "topics" && topic === undefined ? topicsIn(customer) : [topic ? topicFact(topic) : name];
  const times = names.flatMap((name) => own(customer.times, name) ?? []);
  const last = times.sort().at(-1);
  return last !== undefined && (last > at || (last === at && setLater.has(name))) ? last : undefined;
}

const topicsIn = ({ times }: Customer) => Object.keys(times).filter((name) => name.startsWith(topicFact("")));

/** The time at which the component's newest message had reached the status; `false` if it had not. */
function statusEvidence(componentId: string, status: Status, view: HistoricView): Evidence {
  const time = statusTime(messagesIn(view)[componentId]?.statuses ?? {}, status);
  return { what: `${componentId} ${status}`, value: time !== undefined && time <= view.at ? time : false };
}

function countEvidence(event: string, within: string, view: HistoricView): Evidence {
  const what = `${event} within ${durationText(within)}`;
  const since = minus(view.at, within);
  if (since < view.keptSince) return { what, expired: true };
  return { what, value: timesOf(event, view).filter((time) => time > since).length };
}
