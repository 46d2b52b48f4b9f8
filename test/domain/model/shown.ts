/** Runs the example of a claim in the simulator, and says what is wrong when it does not show what is claimed. */
import type { Problem } from "../../../lambdas/domain/documents/problem.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { outlets } from "../../../lambdas/domain/journey/outlets.ts";
import { durationMilliseconds } from "../../../lambdas/domain/time/time.ts";
import type { Scenario } from "../../../simulator/scenario.ts";
import { simulate } from "../../../simulator/simulate.ts";
import type { TimelineLine } from "../../../simulator/timeline.ts";

export async function timelineOf(
  journey: Journey,
  scenario: Scenario,
  segments: Scenario["segments"] = [],
): Promise<TimelineLine[]> {
  const lines: TimelineLine[] = [];
  const templates = [
    ...new Set(
      Object.values(journey.components).flatMap((each) => (each.type === "sendTemplate" ? [each.template] : [])),
    ),
  ];
  const result = await simulate(
    {
      ...scenario,
      journeys: [{ ...journey, status: "active" } as unknown as Record<string, unknown>],
      templates: templates.map((id) => ({ id, channel: "email", class: "marketing", subject: "s", text: "x" })),
      segments,
    },
    (line) => lines.push(line),
  );
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return lines;
}

/** `undefined`: the example shows the claim. */
export async function notShown(
  journey: Journey,
  { path, code, example }: Problem,
  segments?: Scenario["segments"],
): Promise<string | undefined> {
  if (code === "not-checked") return undefined;
  if (!example) return "There is no example.";
  const lines = await timelineOf(journey, example as unknown as Scenario, segments);
  const [, id = "", , index = ""] = /^(?:components\.)?([a-z0-9-]+)(\.branches\[(\d+)\])?/.exec(path) ?? [];
  const text = lines.map((line) => JSON.stringify(line)).join("\n");
  const shown = showing(journey, code, path, lines, id, Number(index));
  return shown ? undefined : `${code} at ${path} is not shown by ${JSON.stringify(example)}:\n${text}`;
}

function showing(
  journey: Journey,
  code: string,
  path: string,
  lines: readonly TimelineLine[],
  id: string,
  index: number,
): boolean {
  const kinds = <K extends TimelineLine["kind"]>(kind: K) =>
    lines.filter((line) => line.kind === kind) as Extract<TimelineLine, { kind: K }>[];
  const refused = kinds("not-entered").map(({ reason }) => reason as string);
  const outcomes = kinds("component")
    .filter(({ componentId, outcome }) => componentId === id && outcome !== "waiting")
    .map(({ outcome }) => outcome);
  if (path.startsWith("trigger")) return kinds("entered").length === 0 && refused.length === 1;
  if (code === "exit-holds-at-entry") return refused.length === 1 && refused[0] === "exit-holds";
  if (kinds("entered").length === 0) return false;
  if (code === "message-twice") return twice(journey, kinds("message"));
  if (code === "goal-before-message") return isBeforeMessage(journey, path, lines);
  const [list, rule] = path.split(/[[\]]/);
  if (list === "exit") return kinds("exited").every(({ reason }) => reason !== journey.exit?.[Number(rule)]?.id);
  if (list === "goals") return kinds("goal").every(({ goalId }) => goalId !== journey.goals?.[Number(rule)]?.id);
  const component = journey.components[id];
  if (!component) return false;
  if (code === "component-never-reached")
    return kinds("component").some(({ componentId }) => leadsTo(journey, componentId, id)) && outcomes.length === 0;
  const branch = outlets(component)[index]?.outcome;
  if (component.type === "messageStatusRule") return outcomes.at(-1) === "met";
  if (code === "condition-always-true") return outcomes.at(-1) === branch;
  // Two branches may lead to one component; then the outcome does not tell which of them was taken.
  const others = outlets(component)
    .filter((_, at) => at !== index)
    .map(({ outcome }) => outcome);
  return outcomes.length > 0 && outcomes.every((outcome) => others.includes(outcome));
}

const leadsTo = ({ components }: Journey, from: string, to: string) =>
  outlets(components[from] as never).some((outlet) => outlet.to === to);

function twice({ components }: Journey, messages: readonly Extract<TimelineLine, { kind: "message" }>[]): boolean {
  const sent = messages.map(({ enrollmentId, template }) => `${enrollmentId} ${template}`);
  return new Set(sent).size < sent.length && Object.keys(components).length > 0;
}

function isBeforeMessage(journey: Journey, path: string, lines: readonly TimelineLine[]): boolean {
  const goal = journey.goals?.[Number(/\d+/.exec(path)?.[0])];
  const entered = lines.find(({ kind }) => kind === "entered");
  const message = lines.find(({ kind }) => kind === "message");
  return (
    !!goal &&
    !!entered &&
    !!message &&
    Date.parse(message.at) - Date.parse(entered.at) > durationMilliseconds(goal.within ?? "P30D")
  );
}
