/** `journeys console`: the console in a browser, on the embedded engine or on a deployed stack. */

import { UsageError } from "../../../stack/usage-error.ts";
import type { CliCommand, Given } from "../../terminal/command.ts";
import { untilInterrupted } from "../../terminal/interrupt.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { DEFAULT_STACK, onStack } from "../../terminal/on-stack.ts";

export const consoleCommand: CliCommand = {
  options: [
    [
      "--stack <name>",
      `a deployed stack, with your AWS credentials; without this option, the examples in memory (${DEFAULT_STACK} is the usual name)`,
    ],
    ["--write", "allow changes of the deployed stack"],
    ["--port <number>", "the port on this machine (default: any free one)"],
    ["--no-open", "print the address, and open no browser"],
  ],
  notes:
    "Only this machine can reach the console, and only with the key in the printed address. Without --stack nothing is sent\nand nothing is stored: the console plays the examples on a virtual clock. Ctrl-C ends it.",
  example: "journeys console --stack CustomerJourneys",
  run: async (given, io) => {
    const port = portOf(given.options.port);
    const { stack, write } = given.options;
    if (typeof stack !== "string") {
      if (write === true) throw new UsageError("--write needs --stack. Without a stack, everything may be changed.");
      const [{ embeddedPlace }, { examples }] = await Promise.all([
        import("../../../console/place/embedded-place.ts"),
        import("../../../console/engine/examples.ts"),
      ]);
      return open(await embeddedPlace(examples()), port, given, io);
    }
    return onStack(given, io, async (connected) => {
      const { Mails } = await import("../../../console/place/mails.ts");
      const place = { name: stack, write: write === true, stack: connected, playground: undefined, mails: new Mails() };
      return open(place, port, given, io);
    });
  },
};

type Place = import("../../../console/place/place.ts").Place;

async function open(place: Place, port: number, { options }: Given, io: Io): Promise<ExitCode> {
  const [{ serve }, { pageFiles }] = await Promise.all([
    import("../../../console/server/serve.ts"),
    import("../../../console/server/page-files.ts"),
  ]);
  const running = await serve({ place, files: await pageFiles(), port });
  if (options.json === true) io.out(JSON.stringify({ ok: true, address: running.address }));
  else tell(place, running.address, io);
  if (options.open !== false) await io.open(running.address);
  await untilInterrupted((signal) => io.sleep(FOREVER, signal).catch(() => {}));
  await running.close();
  return 0;
}

function tell({ name, write, playground }: Place, address: string, io: Io): void {
  io.out(`The console of ${playground ? "the examples" : name}: ${address}`);
  if (!write) io.out("This console only reads. Start it with --write to change the stack.");
  io.out("Ctrl-C ends it.");
}

/** The longest time that a timer takes: 24 days. */
const FOREVER = 2 ** 31 - 1;

function portOf(given: string | boolean | undefined): number {
  if (given === undefined) return 0;
  const port = typeof given === "string" && /^\d{1,5}$/.test(given) ? Number(given) : -1;
  if (port < 0 || port > 65_535) throw new UsageError(`--port takes a port such as 8080, not "${given}".`);
  return port;
}
