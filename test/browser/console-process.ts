/** `journeys console` as a process of its own, as a person starts it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export class ConsoleProcesses {
  private readonly running: ChildProcess[] = [];

  /** Returns the address that it prints. */
  async start(args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
    const child = spawn(process.execPath, ["bin/journeys.cjs", "console", "--no-open", "--json", ...args], {
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.running.push(child);
    for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line).address;
    throw new Error("The console ended before it printed its address.");
  }

  /** As Ctrl-C does. */
  async stop(): Promise<void> {
    for (const child of this.running) {
      if (child.exitCode !== null) continue;
      const closed = once(child, "close");
      child.kill("SIGINT");
      await closed;
    }
  }
}
