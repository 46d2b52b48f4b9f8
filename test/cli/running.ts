/** Commands run on files that exist only in the test. There is no folder `no`. */

import { run } from "../../cli/program.ts";
import type { ExitCode, Io } from "../../cli/terminal/io.ts";

export interface Ran {
  readonly exitCode: ExitCode;
  readonly out: string;
  readonly err: string;
  readonly written: Readonly<Record<string, string>>;
}

/** The parts of Io that are not files. */
export type Around = Partial<Pick<Io, "open">> & Pick<Io, "connect" | "now" | "sleep" | "ask">;

export const noTerminal: Io["ask"] = async () => undefined;

/** Without a stack: a command that connects fails. */
export const alone: Around = {
  connect: (stack) => Promise.reject(new Error(`The command asked for the stack ${stack}.`)),
  now: Date.now,
  ask: noTerminal,
  sleep: () => Promise.reject(new Error("The command waited.")),
};

/** An Io with these files, and its output and written files. */
export function ioOf(files: Readonly<Record<string, unknown>>, around: Around = alone) {
  const [out, err, written]: [string[], string[], Record<string, string>] = [[], [], {}];
  const io: Io = {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    read(path) {
      const name = Object.keys(files).find((file) => path === file || path.endsWith(`/${file}`));
      if (name === undefined) throw Object.assign(new Error(path), { code: "ENOENT" });
      const content = files[name];
      if (content instanceof Uint8Array) return content;
      return Buffer.from(typeof content === "string" ? content : JSON.stringify(content));
    },
    async *lines(path) {
      yield* Buffer.from(io.read(path)).toString().replace(/\n$/, "").split("\n");
    },
    write: (path, text) => {
      if (path.startsWith("no/")) throw Object.assign(new Error(path), { code: "ENOENT" });
      written[path] = text;
    },
    list: (folder) => {
      if (Object.hasOwn(files, folder)) throw Object.assign(new Error(folder), { code: "ENOTDIR" });
      if (folder === ".") return Object.keys(files).filter((file) => !file.includes("/"));
      const names = Object.keys(files).filter((file) => file.startsWith(`${folder}/`));
      if (names.length === 0) throw Object.assign(new Error(folder), { code: "ENOENT" });
      return names.map((file) => file.slice(folder.length + 1));
    },
    makeFolder: () => {},
    open: async () => {},
    style: (_, text) => text,
    ...around,
  };
  return { io, out, err, written };
}

export async function ran(
  args: readonly string[],
  files: Readonly<Record<string, unknown>> = {},
  around: Around = alone,
): Promise<Ran> {
  const { io, out, err, written } = ioOf(files, around);
  const exitCode = await run(args, io);
  return { exitCode, out: out.join("\n"), err: err.join("\n"), written };
}

export const template = {
  id: "hello",
  channel: "email",
  class: "marketing",
  subject: "Hello {{ customer.firstName }}",
  html: "<p>Hello</p>",
};

export const journey = {
  id: "greeting",
  name: "Greeting",
  status: "active",
  trigger: { event: "go" },
  exit: [{ id: "gone", event: "leave" }],
  goals: [{ id: "sale", event: "order" }],
  start: "greet",
  components: {
    greet: { type: "sendTemplate", template: "hello", next: "read" },
    read: { type: "messageStatusRule", message: "greet", status: "read", within: "P1D", met: "tag" },
    tag: { type: "addTag", tags: ["reader"] },
  },
};

export const scenario = {
  journeys: [journey],
  templates: [template],
  customers: [{ customerId: "c-1", email: "ada@mail.example", firstName: "Ada" }],
  events: [{ at: "2026-01-01T09:00:00Z", event: "go", id: "e1", customerId: "c-1", data: { total: 5 } }],
  statuses: [{ at: "2026-01-01T10:00:00Z", customerId: "c-1", message: "greet", status: "read" }],
};
