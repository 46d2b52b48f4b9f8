/**
 * Warns of a conversation without an end: each answer of the customer leads back to a message. If a machine answers each
 * message, one customer gets message after message until the enrollment fails with `endless-loop`. The limit on automatic
 * steps counts entries, so it does not end a loop inside one enrollment.
 */
import type { Condition } from "../conditions/condition.ts";
import { type Path, type Problem, pathText } from "../documents/problem.ts";
import { MESSAGE_RECEIVED } from "../inbound/message-received.ts";
import type { Component } from "../journey/component.ts";
import { edges, reachable } from "../journey/graph.ts";
import type { Journey } from "../journey/journey.ts";
import { traitsOf } from "../messages/channel-traits.ts";
import { durationMilliseconds } from "../time/time.ts";
import type { TemplateChannels } from "./check-statuses.ts";

export function answerWarnings({ components, limits }: Journey, channels: TemplateChannels): Problem[] {
  if (Array.isArray(limits?.cap)) return [];
  const around = new Map([...edges({ components })].filter(([id]) => !mayEndLoop(components[id])));
  const isAnswerable = (id: string, ifUnknown: boolean): boolean => {
    const component = components[id];
    if (component?.type !== "sendTemplate") return false;
    const channel = channels.get(component.template);
    return channel === undefined ? ifUnknown : traitsOf(channel).answerable;
  };
  return Object.entries(components).flatMap(([id, component]) =>
    answersIn(component).flatMap(({ to, path, isOnlyOfNumbers }) => {
      const before = new Map([...around].filter(([each]) => each !== id));
      const sender = [...reachable(before, to)].find(
        (each) => isAnswerable(each, isOnlyOfNumbers) && reachable(around, each).has(id),
      );
      return sender === undefined ? [] : [warning(sender, ["components", id, ...path])];
    }),
  );
}

interface Answer {
  /** The component to which any answer leads. */
  readonly to: string;
  readonly path: Path;
  /** Whether only channels of numbers have such answers. An app may report replies on every channel. */
  readonly isOnlyOfNumbers: boolean;
}

function answersIn(component: Component): Answer[] {
  if (component.type === "messageStatusRule" && component.status === "replied" && component.met !== undefined)
    return [{ to: component.met, path: ["met"], isOnlyOfNumbers: false }];
  if (component.type !== "waitFor") return [];
  return component.branches.flatMap(({ event, where, next }, index) =>
    event === MESSAGE_RECEIVED && next !== undefined && !hearsCertainWords(where)
      ? [{ to: next, path: ["branches", index, "next"], isOnlyOfNumbers: true }]
      : [],
  );
}

/** Whether a condition is met by certain words only, which a machine will hardly send. */
function hearsCertainWords(condition: Condition | undefined): boolean {
  if (!condition) return false;
  if ("all" in condition) return condition.all.some(hearsCertainWords);
  if ("any" in condition) return condition.any.every(hearsCertainWords);
  return (
    "field" in condition &&
    (condition.field === "event.word" || condition.field === "event.text") &&
    (condition.operator === "equals" || condition.operator === "oneOf")
  );
}

const LONG = 3_600_000;

/** A condition may lead out of the loop, and after a long wait a second message is meant. */
function mayEndLoop(component: Component | undefined): boolean {
  if (component?.type === "wait") return component.for === undefined || durationMilliseconds(component.for) >= LONG;
  return component?.type === "condition";
}

function warning(sender: string, path: Path): Problem {
  return {
    path: pathText(path),
    code: "answers-without-end",
    severity: "warning",
    message: `Each answer leads back to "${sender}". If a machine answers, one customer gets hundreds of messages. Let the branch hear certain words (event.word), let a condition count the answers, or set limits.cap.`,
  };
}
