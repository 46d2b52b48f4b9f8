/** A replay for people: the numbers of both sides, sends by hour, then customers whose passage changes. */
import { timelineText } from "../../insight/timeline/timeline-text.ts";
import { count } from "../../insight/words/count.ts";
import { timeText } from "../../insight/words/time-text.ts";
import { missingNote } from "../cost/prices.ts";
import type { Io } from "../terminal/io.ts";
import { showTable } from "../terminal/table.ts";
import type { Answer } from "./answer.ts";
import type { ToldDifference } from "./told-difference.ts";

type Side = Answer["against"];
type Journey = Side["journeys"][string];

export function showAnswer(answer: Answer, io: Io): void {
  const { customers, changed, against, draft, unknown, sample } = answer;
  io.out(
    `${io.style("bold", count(customers, "customer"))}, ${changed === 0 ? "none" : changed} with another passage.`,
  );
  const rows = [...new Set([...Object.keys(against.journeys), ...Object.keys(draft.journeys)])].sort().flatMap((id) => {
    const [a, b] = [linesOf(against.journeys[id]), linesOf(draft.journeys[id])];
    const names = [...new Set([...a.keys(), ...b.keys()])];
    return names.map((name) => [id, name, ...compared(a.get(name) ?? 0, b.get(name) ?? 0)]);
  });
  const all = [
    ["all", "customers who enter", ...compared(against.customersEntered, draft.customersEntered)],
    ["all", "customers who get a message", ...compared(against.customersWrittenTo, draft.customersWrittenTo)],
    ["all", "dollars", against.dollars.toFixed(4), draft.dollars.toFixed(4), ""],
  ];
  showTable(["journey", "", "before", "draft", "change"], [...rows, ...all], io);
  const note = missingNote([...new Set([...against.unpriced, ...draft.unpriced])]);
  if (note !== undefined) io.out(note);
  const hours = hoursOf(against, draft);
  if (hours.length > 0) {
    io.out(`\n${io.style("bold", "Messages by hour")}, where they differ most (UTC):`);
    showTable(["hour", "before", "draft", "change"], hours, io);
  }
  const { statuses, attributes } = unknown;
  if (statuses.against + statuses.draft > 0)
    io.out(
      `\nOf ${count(statuses.draft, "message")} (before: ${statuses.against}) no real report exists, because they were never sent. --statuses says which reports are assumed.`,
    );
  if (sample) io.out(`\n${sample.note}`);
  const names = Object.entries(attributes).map(([name, times]) => `${name} (${count(times, "customer")})`);
  if (names.length > 0) io.out(`\nAttributes whose first value is not stored any more: ${names.join(", ")}.`);
}

const compared = (before: number, after: number) => [before, after, before === after ? "" : signed(after - before)];
const signed = (change: number) => (change > 0 ? `+${change}` : String(change));

/** All counts of a journey, by the name of the count. */
function linesOf(journey: Journey | undefined): Map<string, number> {
  if (!journey) return new Map();
  const { entered, active, completed, ...groups } = journey;
  const lines = new Map([
    ["entered", entered],
    ["still inside", active],
    ["completed", completed],
  ]);
  for (const [group, counts] of Object.entries<Readonly<Record<string, number>>>(groups))
    for (const [name, number] of Object.entries(counts))
      lines.set(`${words[group as keyof typeof words]} ${name}`, number);
  return lines;
}

const words = {
  exited: "exited:",
  failed: "failed:",
  refused: "not entered:",
  messages: "message",
  skipped: "skipped:",
  goals: "goal",
} as const;

const MOST_HOURS = 12;

function hoursOf(before: Side, after: Side): (string | number)[][] {
  const hours = [...new Set([...Object.keys(before.sendsByHour), ...Object.keys(after.sendsByHour)])];
  const all = hours.map((hour) => ({ hour, a: before.sendsByHour[hour] ?? 0, b: after.sendsByHour[hour] ?? 0 }));
  return all
    .filter(({ a, b }) => a !== b)
    .sort((x, y) => Math.abs(y.b - y.a) - Math.abs(x.b - x.a))
    .slice(0, MOST_HOURS)
    .sort((x, y) => (x.hour < y.hour ? -1 : 1))
    .map(({ hour, a, b }) => [timeText(hour), ...compared(a, b)]);
}

export function showDifference({ at, customerId, journeyId, against, draft }: ToldDifference, io: Io): void {
  io.out(`\n${io.style("bold", customerId)} ${io.style("dim", `${journeyId}, ${timeText(at)}`)}`);
  for (const [name, side] of [
    ["before", against],
    ["draft", draft],
  ] as const) {
    const text = side ? (timelineText(side.line)?.text ?? `${side.line.kind}`) : "nothing";
    io.out(`    ${io.style("dim", name.padEnd(6))} ${text}${side?.because === undefined ? "" : ` (${side.because})`}`);
  }
}
