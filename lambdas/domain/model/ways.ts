/**
 * The ways in which a condition can be true, or false, for a customer of whom some facts are certain. Each way is these
 * facts together with the comparisons that it needs. No way at all: the condition is never true there, or never false.
 */
import type { Condition } from "../conditions/condition.ts";
import { conditionBehind } from "../conditions/segment-condition.ts";
import { literalOf, type Standing } from "./atom.ts";
import { assume, type Facts } from "./facts.ts";

/** With more ways than this, the condition tells nothing: the customer may have come either way, with the facts as before. */
const MOST_WAYS = 32;

export function ways(
  condition: Condition | undefined,
  isTrue: boolean,
  facts: Facts,
  standing: Standing = "inside",
): readonly Facts[] {
  if (condition === undefined) return isTrue ? [facts] : [];
  try {
    return waysOf(condition, isTrue, facts, { standing, inSegment: false });
  } catch (error) {
    if (error instanceof TooManyWays) return [facts];
    throw error;
  }
}

class TooManyWays extends Error {}

interface Place {
  readonly standing: Standing;
  readonly inSegment: boolean;
}

function waysOf(condition: Condition, isTrue: boolean, facts: Facts, place: Place): readonly Facts[] {
  if ("all" in condition)
    return isTrue ? each(condition.all, true, facts, place) : some(condition.all, false, facts, place);
  if ("any" in condition)
    return isTrue ? some(condition.any, true, facts, place) : each(condition.any, false, facts, place);
  if ("not" in condition) return waysOf(condition.not, !isTrue, facts, place);
  if ("segment" in condition) {
    const behind = conditionBehind(condition);
    return behind ? waysOf(behind, isTrue, facts, { ...place, inSegment: true }) : isTrue ? [] : [facts];
  }
  const literal = literalOf(condition, place.standing, place.inSegment);
  const assumed = assume(facts, isTrue ? literal : { ...literal, holds: !literal.holds });
  return assumed ? [assumed] : [];
}

function each(parts: readonly Condition[], isTrue: boolean, facts: Facts, place: Place): readonly Facts[] {
  return parts.reduce<readonly Facts[]>(
    (found, part) => atMost(found.flatMap((way) => waysOf(part, isTrue, way, place))),
    [facts],
  );
}

/** Each way is about the first part with this truth value, so no customer belongs to two ways. */
function some(parts: readonly Condition[], isTrue: boolean, facts: Facts, place: Place): readonly Facts[] {
  let before: readonly Facts[] = [facts];
  let found: readonly Facts[] = [];
  for (const part of parts) {
    found = atMost([...found, ...before.flatMap((way) => waysOf(part, isTrue, way, place))]);
    before = atMost(before.flatMap((way) => waysOf(part, !isTrue, way, place)));
  }
  return found;
}

function atMost(found: readonly Facts[]): readonly Facts[] {
  if (found.length > MOST_WAYS) throw new TooManyWays();
  return found;
}
