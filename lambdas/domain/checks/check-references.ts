/** Checks that each component, template and message that a journey names exists, and that ids are unique. */

import { type Path, type Problem, pathText } from "../documents/problem.ts";
import { entries, items, type Members, members } from "../documents/unchecked-document.ts";
import { isSystemEvent } from "../events/system-events.ts";
import { targetsOf } from "../journey/targets.ts";
import { didYouMean } from "../values/did-you-mean.ts";

export function referenceProblems(input: unknown, templates: ReadonlySet<string>): Problem[] {
  const journey = members(input);
  const components = entries(journey.components);
  const ids = new Set(components.map(([id]) => id));
  const problems: Problem[] = [];
  const add = (path: Path, code: string, message: string) => problems.push({ path: pathText(path), code, message });

  const target = (value: unknown, path: Path) => {
    // An empty text is no id, and its own problem says so.
    if (typeof value === "string" && value !== "" && !ids.has(value))
      add(path, "unknown-component", `There is no component "${value}".${hintFor(value, path)}`);
  };

  /** Some authors expect a component for the end of a journey, because other systems have one. */
  const hintFor = (value: string, path: Path) =>
    /^(end|exit|stop|done|finish|none)$/i.test(value)
      ? ` To end the journey here, leave "${path.at(-1)}" out.`
      : didYouMean(value, ids);

  const readable = members(journey.components) === journey.components;
  if (readable && ids.size === 0)
    add(["components"], "no-components", "The journey has no components. Add at least one and name it in start.");
  else if (readable) target(journey.start, ["start"]);

  for (const [id, raw] of components) {
    const component = members(raw);
    const at = (...path: Path): Path => ["components", id, ...path];
    for (const { to, path } of targetsOf(raw)) target(to, at(...path));
    if (
      component.type === "sendTemplate" &&
      typeof component.template === "string" &&
      !templates.has(component.template)
    )
      add(
        at("template"),
        "unknown-template",
        `Template "${component.template}" does not exist.${didYouMean(component.template, templates)}`,
      );
    if (component.type === "messageStatusRule") checkMessage(component.message, at("message"));
    if (component.type === "waitFor") checkUnique(component.branches, at("branches"));
    for (const [index, branch] of items(component.branches)) {
      checkMessagesIn(members(branch).when, at("branches", index, "when"));
      checkMessagesIn(members(branch).where, at("branches", index, "where"));
    }
    if (component.type === "emitEvent") checkEventName(component.event, at("event"));
  }

  function checkMessage(value: unknown, path: Path) {
    if (typeof value !== "string") return;
    const senders = components.filter(([, raw]) => members(raw).type === "sendTemplate").map(([id]) => id);
    if (senders.includes(value)) return;
    const what = ids.has(value) ? `Component "${value}" sends no message` : `There is no component "${value}"`;
    add(path, "unknown-message", `${what}; name a sendTemplate component.${didYouMean(value, senders)}`);
  }

  function checkMessagesIn(value: unknown, path: Path) {
    const condition = members(value);
    if ("message" in condition) checkMessage(condition.message, [...path, "message"]);
    for (const name of ["all", "any"])
      for (const [index, part] of items(condition[name])) checkMessagesIn(part, [...path, name, index]);
    if ("not" in condition) checkMessagesIn(condition.not, [...path, "not"]);
  }

  function checkUnique(list: unknown, path: Path) {
    const seen = new Set<unknown>();
    for (const [index, raw] of items(list)) {
      const { id } = members(raw) as Members;
      if (typeof id === "string" && seen.has(id))
        add(
          [...path, index, "id"],
          "duplicate-id",
          `"${id}" is used twice. Give each its own id: reasons and counts go by it.`,
        );
      seen.add(id);
    }
  }

  function checkEventName(value: unknown, path: Path) {
    if (typeof value === "string" && isSystemEvent(value))
      add(path, "reserved-event", `"${value}" is published or handled by the system itself. Use an event of your own.`);
  }

  checkEventName(members(journey.trigger).event, ["trigger", "event"]);
  checkUnique(journey.exit, ["exit"]);
  checkUnique(journey.goals, ["goals"]);
  for (const list of ["exit", "goals"])
    for (const [index, raw] of items(journey[list])) checkEventName(members(raw).event, [list, index, "event"]);
  if (typeof journey.version === "string" && journey.version !== "current")
    add(
      ["version"],
      "bad-value",
      'The version of a document that people edit is "current". Numbered versions are never edited.',
    );
  return problems;
}

/** The templates that a document names, even if the document has other problems. */
export function namedTemplates(input: unknown): string[] {
  const named = entries(members(input).components).flatMap(([, raw]) => {
    const { type, template } = members(raw);
    return type === "sendTemplate" && typeof template === "string" ? [template] : [];
  });
  return [...new Set(named)];
}
