/** A forecast for people: the numbers, then the quotas, the messages that limits hold back, and journeys that collide. */
import { count } from "../../insight/words/count.ts";
import { timeText } from "../../insight/words/time-text.ts";
import type { CrowdedDay, HeldBack } from "../../proof/forecast/customer-findings.ts";
import type { ForecastAnswer, Need } from "../../proof/forecast/forecast-answer.ts";
import { missingNote } from "../cost/prices.ts";
import type { Sample } from "../replay/sample.ts";
import type { Io } from "../terminal/io.ts";
import { showTable } from "../terminal/table.ts";

const MOST_ROWS = 12;

export function showForecast(
  answer: ForecastAnswer & {
    readonly from: string;
    readonly until: string;
    readonly most: number;
    readonly sample?: Sample;
  },
  io: Io,
): void {
  const { customers, customersWrittenTo, sendsByHour, quotas, heldBack, crowded } = answer;
  const messages = Object.values(sendsByHour).reduce((sum, each) => sum + each.messages, 0);
  io.out(
    `${timeText(answer.from)} to ${timeText(answer.until)} (UTC): ${io.style("bold", count(messages, "message"))} to ${customersWrittenTo} of ${count(customers, "customer")}, $${answer.dollars.toFixed(4)}.`,
  );
  const note = missingNote(answer.unpriced);
  if (note !== undefined) io.out(note);
  if (answer.sample)
    io.out(`${answer.sample.note} The quotas are compared with ${answer.sample.of} times the needs of the sample.`);
  const busiest = Object.entries(sendsByHour)
    .toSorted(([, a], [, b]) => b.messages - a.messages)
    .slice(0, MOST_ROWS)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  heading("The hours with the most messages", busiest.length, io);
  showTable(
    ["hour", "messages", "from"],
    busiest.map(([hour, { messages, journeys }]) => [timeText(hour), messages, perJourney(journeys)]),
    io,
  );
  heading("Quotas, in the busiest hour", quotas.length, io);
  showTable(["quota", "needs", "has", "", ""], quotas.map(quotaRow), io);
  heading("Messages that limits hold back", heldBack.length, io);
  showTable(
    ["journey", "message", "what happens", "why", "messages"],
    heldBack
      .slice(0, MOST_ROWS)
      .map(({ journeyId, componentId, fate, reason, messages }) => [
        journeyId,
        componentId,
        fateTexts[fate as HeldBack["fate"]],
        reason,
        messages,
      ]),
    io,
  );
  if (crowded.days === 0) return;
  io.out(
    `\n${io.style("bold", count(crowded.customers, "customer"))} with more than ${count(answer.most, "message")} on one day, on ${count(crowded.days, "day")} in all, from these journeys:`,
  );
  showTable(
    ["journey", "and", "days"],
    crowded.pairs
      .slice(0, MOST_ROWS)
      .map(({ first, second, days }) => [first, first === second ? "itself" : second, days]),
    io,
  );
}

function heading(text: string, rows: number, io: Io): void {
  if (rows > 0) io.out(`\n${io.style("bold", text)}`);
}

const perJourney = (journeys: Readonly<Record<string, number>>) =>
  Object.entries(journeys)
    .sort(([, a], [, b]) => b - a)
    .map(([id, messages]) => `${id} ${messages}`)
    .join(", ");

const quotaRow = ({ quota, needs, has, unit, hit }: Need) => [
  quota,
  Number(needs.toPrecision(2)),
  has,
  unit,
  hit ? { text: "too little", color: "red" as const } : "",
];

const fateTexts: Readonly<Record<HeldBack["fate"], string>> = {
  skipped: "not sent",
  delayed: "sent later",
  exited: "the customer leaves",
};

export function showFinding(finding: HeldBack | CrowdedDay, io: Io): void {
  io.out(`  ${io.style("bold", finding.customerId)}  ${textOf(finding)}`);
}

function textOf(finding: HeldBack | CrowdedDay): string {
  if (finding.kind === "crowded-day")
    return `${finding.day}  ${finding.messages} messages from ${finding.journeys.join(", ")}`;
  const { at, journeyId, componentId, fate, reason } = finding;
  return `${timeText(at)}  ${journeyId} ${componentId}: ${fateTexts[fate]} (${reason})`;
}
