/**
 * Words that authors know from other systems, with the words of this format for the same things. A suggestion by
 * spelling would be wrong for such words: an author who writes "wait" as the action of a limit means "delay", but the
 * most similar word is "exit".
 */
/** By the word of this format. If an author's word has several meanings, the earlier line counts. */
const synonyms: Readonly<Record<string, string>> = {
  id: "name",
  delay: "wait, postpone",
  skip: "drop, ignore",
  exit: "stop, end",
  stopped: "stop, archived",
  read: "open, opened, seen",
  clicked: "click",
  bounced: "bounce",
  failed: "error",
  complained: "spam",
  active: "live, enabled, running, published, on",
  paused: "disabled, off",
  always: "unlimited, every",
  cooldown: "every, interval",
  max: "limit",
  marketing: "promo, promotional, newsletter",
  email: "mail",
  event: "push, name",
  equals: "==, ===, =, eq, is",
  notEquals: "!=, <>",
  greaterThan: ">, gt",
  greaterThanOrEquals: ">=, gte",
  lessThan: "<, lt",
  lessThanOrEquals: "<=, lte",
  oneOf: "in",
  notOneOf: "not in",
  contains: "includes, like",
  exists: "isset",
  wait: "delay",
  for: "delay, duration, minutes, hours, seconds, days",
  sendTemplate: "sendemail, email, sms, whatsapp, message",
  condition: "if, branch",
  branches: "if",
  when: "if",
  next: "then, to, goto",
  otherwise: "else, default",
  met: "yes",
  notMet: "no",
  all: "and",
  any: "or",
  set: "attributes",
  percent: "weight, share",
  within: "per, timeout",
  where: "filter",
  html: "body, content",
  components: "steps, nodes",
  emitEvent: "webhook",
  split: "abtest",
  mon: "monday",
  tue: "tuesday",
  wed: "wednesday",
  thu: "thursday",
  fri: "friday",
  sat: "saturday",
  sun: "sunday",
};

/** The word of this format for a word of another system, if the word of this format is one of `known`. */
export function synonymOf(word: string, known: readonly string[]): string | undefined {
  const name = word.trim().toLowerCase();
  return Object.keys(synonyms).find((meant) => known.includes(meant) && synonyms[meant]?.split(", ").includes(name));
}
