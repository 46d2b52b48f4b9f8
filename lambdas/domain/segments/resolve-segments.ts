/**
 * Puts the conditions of segments into the conditions that name them. Conditions without a segment stay the same
 * objects, because their compiled form is found by the object.
 *
 * A segment that does not exist makes conditions false wherever possible: the customer is not in the segment, but under
 * `not` the customer is in it. So a segment that was deleted lets no customer in by mistake.
 */
import type { Condition } from "../conditions/condition.ts";
import { withCondition } from "../conditions/segment-condition.ts";
import type { Journey } from "../journey/journey.ts";

/** The conditions of segments by id, as their documents say them. */
export type SegmentConditions = ReadonlyMap<string, Condition>;

const NEVER: Condition = { any: [] };
const ALWAYS: Condition = { all: [] };

export function resolveCondition(condition: Condition, segments: SegmentConditions): Condition {
  return resolver(segments)(condition, true, []);
}

type Resolve = (condition: Condition, isPositive: boolean, inside: readonly string[]) => Condition;

/** `inside`: the segments around the condition. Two saves at the same moment can make a cycle that no check has seen. */
function resolver(segments: SegmentConditions): Resolve {
  const known = new Map<string, Condition>();

  const resolveAll = (parts: Condition[], isPositive: boolean, inside: readonly string[]) => {
    const resolved = parts.map((part) => resolve(part, isPositive, inside));
    return resolved.every((part, index) => part === parts[index]) ? parts : resolved;
  };

  const resolve: Resolve = (condition, isPositive, inside) => {
    if ("all" in condition) {
      const all = resolveAll(condition.all, isPositive, inside);
      return all === condition.all ? condition : { all };
    }
    if ("any" in condition) {
      const any = resolveAll(condition.any, isPositive, inside);
      return any === condition.any ? condition : { any };
    }
    if ("not" in condition) {
      const not = resolve(condition.not, !isPositive, inside);
      return not === condition.not ? condition : { not };
    }
    return "segment" in condition ? withCondition(condition, behind(condition.segment, isPositive, inside)) : condition;
  };

  function behind(segment: string, isPositive: boolean, inside: readonly string[]): Condition {
    const where = segments.get(segment);
    if (!where || inside.includes(segment)) return isPositive ? NEVER : ALWAYS;
    const name = `${isPositive} ${segment}`;
    const found = known.get(name) ?? resolve(where, isPositive, [...inside, segment]);
    known.set(name, found);
    return found;
  }

  return resolve;
}

/** The journey with the conditions of segments put in; the same object if it names no segment. */
export function resolveJourney(journey: Journey, segments: SegmentConditions): Journey {
  const resolve = resolver(segments);
  const inPlace = <T extends { where?: Condition | undefined }>(rule: T): T => {
    const where = rule.where && resolve(rule.where, true, []);
    return where === rule.where ? rule : { ...rule, where };
  };
  const { trigger, exit, goals, components } = journey;
  const audience = trigger.audience && resolve(trigger.audience, true, []);
  const steps = Object.entries(components).map(([id, component]): [string, Journey["components"][string]] => {
    if (component.type === "waitFor") return [id, { ...component, branches: component.branches.map(inPlace) }];
    if (component.type !== "condition") return [id, component];
    return [
      id,
      { ...component, branches: component.branches.map((each) => ({ ...each, when: resolve(each.when, true, []) })) },
    ];
  });
  return {
    ...journey,
    trigger: { ...inPlace(trigger), ...(audience && { audience }) },
    ...(exit && { exit: exit.map(inPlace) }),
    ...(goals && { goals: goals.map(inPlace) }),
    components: Object.fromEntries(steps),
  };
}
