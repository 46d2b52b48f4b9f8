/** Mistakes to put into a journey without one, and the code of the warning that each must give. */
import type { Condition } from "../../../lambdas/domain/conditions/condition.ts";
import type { Component } from "../../../lambdas/domain/journey/component.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import type { Sound } from "./sound-journeys.ts";

type Pick = (below: number) => number;

export interface Mistaken {
  readonly journey: Journey;
  /** Where the warning must be. */
  readonly path: string;
}

interface Mistake {
  readonly code: string;
  readonly make: (sound: Sound, pick: Pick) => Mistaken;
}

/** Two conditions of which no customer meets both, if no time passes between them. */
function contradiction(pick: Pick, root: string): [Condition, Condition] {
  const field = `${root}.seeded`;
  const pairs: [Condition, Condition][] = [
    [
      { field, operator: "equals", value: "a" },
      { field, operator: "equals", value: "b" },
    ],
    [
      { field, operator: "greaterThan", value: 10 },
      { field, operator: "lessThan", value: 5 },
    ],
    [
      { field, operator: "exists" },
      { field, operator: "notExists" },
    ],
    [
      { field, operator: "oneOf", value: ["a", "b"] },
      { field, operator: "notOneOf", value: ["b", "a", "c"] },
    ],
    [{ field, operator: "greaterThanOrEquals", value: 3 }, { not: { field, operator: "exists" } }],
    [
      { field, operator: "startsWith", value: "DE-1" },
      { field, operator: "startsWith", value: "FR" },
    ],
    [
      {
        all: [
          { field, operator: "exists" },
          { field, operator: "between", value: [1, 5] },
        ],
      },
      { field, operator: "greaterThan", value: 7 },
    ],
    [
      { field: `${root}.tags`, operator: "contains", value: "vip" },
      { field: `${root}.tags`, operator: "notContains", value: "vip" },
    ],
  ];
  return pairs[pick(pairs.length)] as [Condition, Condition];
}

/** Puts components before one of the parts, which is then reached through the last of them. */
function before(
  { journey, parts }: Sound,
  pick: Pick,
  made: (part: string) => Record<string, Component>,
  first: string,
): Journey {
  const part = parts[pick(parts.length)] as string;
  const text = JSON.stringify({ start: journey.start, components: journey.components });
  // A loop of the part itself leads to the new components too, which changes nothing for the mistake.
  const redirected = JSON.parse(
    text.replaceAll(new RegExp(`"(next|met|notMet|otherwise|start)":"${part}"`, "g"), `"$1":"${first}"`),
  );
  return { ...journey, start: redirected.start, components: { ...redirected.components, ...made(part) } };
}

const root = (pick: Pick) => (pick(2) === 0 ? "event" : "customer");

export const mistakes: Record<string, Mistake> = {
  "a component that no customer reaches": {
    code: "component-never-reached",
    make(sound, pick) {
      const [one, other] = contradiction(pick, root(pick));
      const journey = before(
        sound,
        pick,
        (part) => ({
          "seed-1": { type: "condition", branches: [{ when: one, next: "seed-2" }], otherwise: part },
          "seed-2": { type: "condition", branches: [{ when: other, next: "seed-dead" }], otherwise: part },
          "seed-dead": { type: "addTag", tags: ["dead"], next: part },
        }),
        "seed-1",
      );
      return { journey, path: "components.seed-dead" };
    },
  },
  "a condition that is always false after a wait, about the event": {
    code: "condition-always-false",
    make(sound, pick) {
      const [one, other] = contradiction(pick, "event");
      const journey = before(
        sound,
        pick,
        (part) => ({
          "seed-1": { type: "condition", branches: [{ when: one, next: "seed-wait" }], otherwise: part },
          "seed-wait": { type: "wait", for: "P2D", next: "seed-2" },
          "seed-2": { type: "condition", branches: [{ when: other, next: part }], otherwise: part },
        }),
        "seed-1",
      );
      return { journey, path: "components.seed-2.branches[0].when" };
    },
  },
  "a condition that is always true": {
    code: "condition-always-true",
    make(sound, pick) {
      const [one, other] = contradiction(pick, root(pick));
      const journey = before(
        sound,
        pick,
        (part) => ({
          "seed-1": { type: "condition", branches: [{ when: one, next: "seed-2" }], otherwise: part },
          "seed-2": { type: "condition", branches: [{ when: { not: other }, next: part }], otherwise: "seed-tag" },
          "seed-tag": { type: "addTag", tags: ["seen"], next: part },
        }),
        "seed-1",
      );
      return { journey, path: "components.seed-2.branches[0].when" };
    },
  },
  "a branch behind one that takes all its customers": {
    code: "branch-never-taken",
    make(sound, pick) {
      const field = `${root(pick)}.seeded`;
      const journey = before(
        sound,
        pick,
        (part) => ({
          "seed-1": {
            type: "condition",
            branches: [
              { when: { field, operator: "greaterThan", value: 10 }, next: part },
              { when: { field, operator: "greaterThan", value: 100 }, next: "seed-tag" },
            ],
            otherwise: part,
          },
          "seed-tag": { type: "addTag", tags: ["big"], next: part },
        }),
        "seed-1",
      );
      return { journey, path: "components.seed-1.branches[1].when" };
    },
  },
  "a tag that the journey has just set": {
    code: "condition-always-true",
    make(sound, pick) {
      const journey = before(
        sound,
        pick,
        (part) => ({
          "seed-1": { type: "addTag", tags: ["seeded"], next: "seed-2" },
          "seed-2": {
            type: "condition",
            branches: [{ when: { field: "customer.tags", operator: "contains", value: "seeded" }, next: part }],
            otherwise: part,
          },
        }),
        "seed-1",
      );
      return { journey, path: "components.seed-2.branches[0].when" };
    },
  },
  "a message that a customer gets twice": {
    code: "message-twice",
    make(sound, pick) {
      const journey = before(
        sound,
        pick,
        (part) => ({
          "seed-1": { type: "sendTemplate", template: "t-seeded", next: "seed-wait" },
          "seed-wait": { type: "wait", for: "P1D", next: "seed-2" },
          "seed-2": { type: "sendTemplate", template: "t-seeded", next: part },
        }),
        "seed-1",
      );
      return { journey, path: "components.seed-2" };
    },
  },
  "a goal that ends before the first message": {
    code: "goal-before-message",
    make({ journey }) {
      const components: Journey["components"] = {
        ...journey.components,
        "seed-wait": { type: "wait", for: "P3D", next: "seed-send" },
        "seed-send": { type: "sendTemplate", template: "t-seeded", next: journey.start },
      };
      const goals = [{ id: "goal", event: "bought", within: "P2D" }];
      return { journey: { ...journey, start: "seed-wait", components, goals }, path: "goals[0].within" };
    },
  },
  "an exit rule that holds for everyone": {
    code: "exit-holds-at-entry",
    make({ journey }, pick) {
      const [one, other] = contradiction(pick, "customer");
      const index = journey.exit?.length ?? 0;
      const trigger = pick(2) === 0 ? { ...journey.trigger, audience: one } : { ...journey.trigger, where: one };
      const exit = [...(journey.exit ?? []), { id: "seeded", where: { not: other } }];
      return { journey: { ...journey, trigger, exit }, path: `exit[${index}].where` };
    },
  },
  "a trigger and an audience that contradict each other": {
    code: "condition-always-false",
    make({ journey }, pick) {
      const [where, audience] = contradiction(pick, "customer");
      return { journey: { ...journey, trigger: { ...journey.trigger, where, audience } }, path: "trigger.audience" };
    },
  },
  "a rule on a message that is always met": {
    code: "condition-always-true",
    make(sound, pick) {
      const journey = before(
        sound,
        pick,
        (part) => ({
          "seed-send": { type: "sendTemplate", template: "t-seeded", next: "seed-1" },
          "seed-1": {
            type: "messageStatusRule",
            message: "seed-send",
            status: "clicked",
            within: "P2D",
            met: "seed-2",
            notMet: part,
          },
          "seed-2": {
            type: "messageStatusRule",
            message: "seed-send",
            status: pick(2) === 0 ? "read" : "clicked",
            within: "P2D",
            met: part,
            notMet: part,
          },
        }),
        "seed-send",
      );
      return { journey, path: "components.seed-2" };
    },
  },
};
