/**
 * The list of commands. A command is loaded only when it runs, because the modules of all commands together take most of
 * the time of a short command. A new command is a file in a folder of `commands/` and an entry here.
 */
import type { CliCommand } from "./terminal/command.ts";

export interface ListedCommand {
  /** Name and operands, such as `validate <file...>`. */
  readonly usage: string;
  readonly summary: string;
  readonly load: () => Promise<CliCommand>;
}

export const commands: readonly ListedCommand[] = [
  {
    usage: "validate <file-or-folder...>",
    summary: "checks journeys and templates offline, together",
    load: async () => (await import("./commands/documents/validate.ts")).validateCommand,
  },
  {
    usage: "simulate <scenario>",
    summary: "runs a scenario on a virtual clock, sends nothing, prints the timeline",
    load: async () => (await import("./commands/documents/simulate.ts")).simulateCommand,
  },
  {
    usage: "test [file-or-folder...]",
    summary: "runs journey tests (*.test.json): scenarios with expected results",
    load: async () => (await import("./commands/documents/test.ts")).testCommand,
  },
  {
    usage: "draw <file-or-id>",
    summary: "draws a journey as Mermaid, or as SVG; with --customer, one customer's path through it",
    load: async () => (await import("./commands/documents/draw.ts")).drawCommand,
  },
  {
    usage: "cost <journey>",
    summary: "what a journey costs: transitions, requests and dollars, path by path",
    load: async () => (await import("./commands/documents/cost.ts")).costCommand,
  },
  {
    usage: "diff <file>",
    summary: "the changes that publishing a journey or template would make, and how many customers they affect",
    load: async () => (await import("./commands/documents/diff.ts")).diffCommand,
  },
  {
    usage: "replay <draft...>",
    summary: "replays real events of the past with drafts, and shows each customer's first decision that differs",
    load: async () => (await import("./commands/documents/replay.ts")).replayCommand,
  },
  {
    usage: "forecast [draft...]",
    summary: "forecasts the messages of all live journeys and drafts in the next days: by hour, with quotas and limits",
    load: async () => (await import("./commands/documents/forecast.ts")).forecastCommand,
  },
  {
    usage: "publish <file-or-folder...>",
    summary: "saves journeys and templates in the stack, and waits for the outcome",
    load: async () => (await import("./commands/documents/publish.ts")).publishCommand,
  },
  {
    usage: "list",
    summary: "the journeys of the stack: status, version, customers inside",
    load: async () => (await import("./commands/journeys/list.ts")).listCommand,
  },
  {
    usage: "show <id>",
    summary: "a journey: status, version, and the outcome of its last edit",
    load: async () => (await import("./commands/journeys/show.ts")).showCommand,
  },
  {
    usage: "pause <id>",
    summary: "no customer enters any more; customers inside continue",
    load: async () => (await import("./commands/journeys/set-status.ts")).pauseCommand,
  },
  {
    usage: "hold <id>",
    summary: "no customer enters and no customer inside takes a step; no customer is taken out",
    load: async () => (await import("./commands/journeys/set-status.ts")).holdCommand,
  },
  {
    usage: "resume <id>",
    summary: "customers enter the journey again; a held journey gets the status that it had before",
    load: async () => (await import("./commands/journeys/set-status.ts")).resumeCommand,
  },
  {
    usage: "stop <id>",
    summary: "no customer enters any more, all customers inside exit, and no further message is sent",
    load: async () => (await import("./commands/journeys/set-status.ts")).stopCommand,
  },
  {
    usage: "migrate <id>",
    summary: "moves customers inside a journey to another version, and lists each one who stays, with the reason",
    load: async () => (await import("./commands/journeys/migrate.ts")).migrateCommand,
  },
  {
    usage: "delete <id>",
    summary: "deletes a journey that no customer is in; its versions and logs stay",
    load: async () => (await import("./commands/journeys/delete.ts")).deleteCommand,
  },
  {
    usage: "enter <id>",
    summary: "lets customers into a journey: all customers, an audience, a list, or customers with an event",
    load: async () => (await import("./commands/runs/enter.ts")).enterCommand,
  },
  {
    usage: "runs [id] [run]",
    summary: "the audience runs of a journey or of all journeys; runs cancel RUN cancels one",
    load: async () => (await import("./commands/runs/runs.ts")).runsCommand,
  },
  {
    usage: "watch <id>",
    summary: "the changes in a journey as they happen: entries, steps, messages",
    load: async () => (await import("./commands/journeys/watch.ts")).watchCommand,
  },
  {
    usage: "send <event...>",
    summary: "puts events from files on the stack's bus",
    load: async () => (await import("./commands/customers/send.ts")).sendCommand,
  },
  {
    usage: "export [folder]",
    summary: "writes the stack's journeys and templates into a folder, for git",
    load: async () => (await import("./commands/documents/export.ts")).exportCommand,
  },
  {
    usage: "import <folder>",
    summary: "publishes all journeys and templates of a folder, as export wrote them",
    load: async () => (await import("./commands/documents/export.ts")).importCommand,
  },
  {
    usage: "render <template>",
    summary: "the message that a customer would get; sends nothing",
    load: async () => (await import("./commands/documents/render.ts")).renderCommand,
  },
  {
    usage: "stats <id>",
    summary: "a journey's counts as a funnel: entries, customers at each component, messages, goals",
    load: async () => (await import("./commands/journeys/stats.ts")).statsCommand,
  },
  {
    usage: "customer <id>",
    summary:
      "everything about a customer: attributes, events, each journey step by step with the data at each decision, messages, reasons",
    load: async () => (await import("./commands/customers/customer.ts")).customerCommand,
  },
  {
    usage: "segment <id>",
    summary: "a segment, the documents that use it, and the customers who are in it now",
    load: async () => (await import("./commands/customers/segment.ts")).segmentCommand,
  },
  {
    usage: "why <customer> <journey>",
    summary: "when a customer entered a journey, or why not, in sentences",
    load: async () => (await import("./commands/customers/why.ts")).whyCommand,
  },
  {
    usage: "archive",
    summary: "the events and reports of all customers, as JSON lines for replay",
    load: async () => (await import("./commands/customers/archive.ts")).archiveCommand,
  },
  {
    usage: "capture <customer> <journey>",
    summary: "a customer's real passage as a small journey test with made-up values",
    load: async () => (await import("./commands/customers/capture.ts")).captureCommand,
  },
  {
    usage: "recount <id>",
    summary: "compares a journey's counters with the logs of all enrollments; --repair corrects the counters",
    load: async () => (await import("./commands/journeys/recount.ts")).recountCommand,
  },
  {
    usage: "redrive [message...]",
    summary: "replays, lists or deletes dead letters: events, reports and stream records that could not be handled",
    load: async () => (await import("./commands/stack/redrive.ts")).redriveCommand,
  },
  {
    usage: "erase <customer>",
    summary: "erases a customer: ends all enrollments, deletes all stored data, then checks that no data is left",
    load: async () => (await import("./commands/customers/erase.ts")).eraseCommand,
  },
  {
    usage: "unsuppress <address>",
    summary: "allows messages again to an address or number that bounced, was suppressed, complained or opted out",
    load: async () => (await import("./commands/customers/unsuppress.ts")).unsuppressCommand,
  },
  {
    usage: "console",
    summary: "opens the console in a browser: the examples on a virtual clock, or a deployed stack",
    load: async () => (await import("./commands/stack/console.ts")).consoleCommand,
  },
  {
    usage: "doctor",
    summary: "checks the stack: each problem, its consequence for customers, and the command that fixes it",
    load: async () => (await import("./commands/stack/doctor.ts")).doctorCommand,
  },
];
