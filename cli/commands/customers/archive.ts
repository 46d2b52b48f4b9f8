/** `journeys archive`: the events and reports of all customers of a stack, as JSON lines for `journeys replay`. */
import { count } from "../../../insight/words/count.ts";
import type { ArchiveHeader } from "../../../proof/replay/archive.ts";
import { archivedCustomers } from "../../replay/archive-lines.ts";
import { lastOption, windowOf } from "../../replay/last.ts";
import { sampleOf, sampleOption } from "../../replay/sample.ts";
import type { CliCommand } from "../../terminal/command.ts";
import { jsonOption, stackOption, withStack } from "../../terminal/on-stack.ts";

export const archiveCommand: CliCommand = {
  options: [
    lastOption,
    sampleOption,
    [
      "--attributes",
      "keep all attributes of customers; without this option, the archive has only attributes that name no person",
    ],
    stackOption,
    jsonOption,
  ],
  notes: `Prints one line for each customer with events, changes and statuses. Reads the whole customers table, page by page,
or with --sample only the given part of it, and changes nothing. The data of events is kept as it is: it may name
persons too.`,
  example: "journeys archive --last P30D > past.jsonl",
  run: withStack(async (stack, { options }, io) => {
    const window = { ...windowOf(options.last, stack.ports.clock.now()), attributes: options.attributes === true };
    const sample = sampleOf(options.sample);
    io.out(JSON.stringify({ archive: 1, ...window, ...(sample && { sample }) } satisfies ArchiveHeader));
    let customers = 0;
    for await (const customer of archivedCustomers(stack, window, sample)) {
      io.out(JSON.stringify(customer));
      customers++;
    }
    io.err(`${count(customers, "customer")} from ${window.from} until ${window.until}.`);
    return 0;
  }),
};
