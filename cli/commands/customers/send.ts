/** `journeys send EVENT.json…`: puts events from files on the bus, as an app would. */

import { placed } from "../../../insight/documents/places.ts";
import { count } from "../../../insight/words/count.ts";
import { batches, type Entry, entryOf } from "../../../stack/entries.ts";
import type { Stack } from "../../../stack/stack.ts";
import type { FileProblem } from "../../files/check-files.ts";
import { readDocument } from "../../files/document.ts";
import type { CliCommand } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { jsonOption, onStack, stackOption } from "../../terminal/on-stack.ts";
import { showProblems } from "../../terminal/show-problems.ts";

const SOURCE = "journeys-send";

export const sendCommand: CliCommand = {
  options: [["--source <name>", `for events without a source (default: ${SOURCE})`], stackOption, jsonOption],
  notes:
    'A file holds an event, or a list of them: { "event": "order.placed", "customerId": "c-42", "id": "order-4711",\n"time": "2026-11-23T10:00:00Z", "data": { "total": 59 }, "customer": { "country": "DE" } }. All are checked first; if one\nhas problems, none is sent. An event with an id can safely be sent again.',
  example: "journeys send order.json --source shop",
  run: async (given, io) => {
    const { json, source } = given.options;
    const read = given.operands.flatMap((file) => eventsOf(file, io));
    const now = new Date(io.now()).toISOString();
    const checked = read.map((event) => checkedEvent(event, typeof source === "string" ? source : SOURCE, now));
    const problems = checked.flatMap((event) => ("problems" in event ? event.problems : []));
    if (problems.length > 0) return show({ sent: 0, problems }, json === true, io);
    const events = checked.filter((event) => "entry" in event);
    return onStack(given, io, async (stack) => show(await sent(events, stack), json === true, io));
  },
};

interface ReadEvent {
  readonly file: string;
  readonly text: string;
  /** The position in the file, such as `[2]`; empty when the file has one event. */
  readonly place: string;
  readonly value?: unknown;
  readonly problems?: readonly FileProblem[];
}

interface ReadyEvent extends ReadEvent {
  readonly entry: Entry;
}

function eventsOf(file: string, io: Io): ReadEvent[] {
  const read = readDocument(file, io);
  const { text, value } = read;
  if ("problems" in read)
    return [{ file, text, place: "", problems: read.problems.map((problem) => ({ file, ...problem })) }];
  if (!Array.isArray(value)) return [{ file, text, place: "", value }];
  return value.map((value, index) => ({ file, text, place: `[${index}]`, value }));
}

function checkedEvent(
  event: ReadEvent,
  source: string,
  now: string,
): ReadyEvent | { problems: readonly FileProblem[] } {
  if (event.problems) return { problems: event.problems };
  const checked = entryOf(event.value, source, now);
  if ("entry" in checked) return { ...event, entry: checked.entry };
  const { file, text, place } = event;
  const problems = checked.problems.map((problem) => ({
    ...problem,
    path: place && problem.path ? `${place}.${problem.path}` : place || problem.path,
  }));
  return { problems: placed(problems, text).map((problem) => ({ file, ...problem })) };
}

interface Sent {
  readonly sent: number;
  readonly problems: readonly FileProblem[];
}

async function sent(events: readonly ReadyEvent[], stack: Stack): Promise<Sent> {
  const problems: FileProblem[] = [];
  for (const batch of batches(events)) {
    const refusals = await stack.putEvents(batch.map(({ entry }) => entry));
    for (const [index, refusal] of refusals.entries()) {
      const event = batch[index];
      if (refusal === undefined || !event) continue;
      const message = `The bus rejected it: ${refusal}. Send it again.`;
      problems.push({ file: event.file, path: event.place, code: "not-taken", message });
    }
  }
  return { sent: events.length - problems.length, problems };
}

function show({ sent, problems }: Sent, json: boolean, io: Io): ExitCode {
  const ok = problems.length === 0;
  if (json) io.out(JSON.stringify({ ok, sent, problems }));
  else {
    for (const [file, found] of Map.groupBy(problems, ({ file }) => file)) showProblems(file, found, io);
    io.out(`${count(sent, "event")} sent${ok ? "" : `, ${count(problems.length, "problem")}`}.`);
  }
  return ok ? 0 : 1;
}
