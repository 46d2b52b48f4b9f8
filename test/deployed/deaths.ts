/**
 * Kills the process of a function during one AWS call, just before the call arrives or just after its effect. The product
 * needs no switch for this: the process is found by its connection, which works on Linux only.
 */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Between, whole } from "./between.ts";

export interface Death {
  /** A part of the function's name. */
  readonly of: string;
  readonly when: "before" | "after";
  /** The API called, or any of those that write to tables. */
  readonly call: string;
  /** The number of the call among such calls, from 1. */
  readonly nth: number;
  /** Texts in the request. Default: any request. */
  readonly about?: readonly string[];
}

const writes: ReadonlySet<string> = new Set(["PutItem", "UpdateItem", "TransactWriteItems", "BatchWriteItem"]);

export class Deaths extends Between {
  /** The deaths to come, each once. */
  readonly armed = new Map<Death, { seen: number }>();

  arm(death: Death): void {
    this.armed.set(death, { seen: 0 });
  }

  protected async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await whole(request);
    const death = this.next(request, body.toString());
    if (death?.when === "before") return kill(death.pid, response);
    const answer = await this.passed(request, body);
    const told = await whole(answer);
    if (death) return kill(death.pid, response);
    response.writeHead(answer.statusCode ?? 502, answer.headers).end(told);
  }

  private next({ headers, url = "", socket }: IncomingMessage, body: string): (Death & { pid: number }) | undefined {
    const called = actionOf(url) ?? String(headers["x-amz-target"]).split(".").at(-1);
    const said = called === "SendWhatsAppMessage" ? atob(JSON.parse(body).message) : body;
    const apt = [...this.armed].filter(
      ([{ call, about = [] }]) =>
        (call === called || (call === "write" && writes.has(called ?? ""))) &&
        about.every((text) => said.includes(text)),
    );
    if (apt.length === 0) return undefined;
    const caller = processAt(socket.remotePort ?? 0, socket.localPort ?? 0);
    let struck: Death | undefined;
    for (const [death, counted] of apt)
      if (caller?.name.includes(death.of) && ++counted.seen >= death.nth) struck ??= death;
    if (!struck || !caller) return undefined;
    this.armed.delete(struck);
    return { ...struck, pid: caller.pid };
  }
}

/** The action of a request that names it only by its address. */
export function actionOf(url: string): string | undefined {
  if (url.endsWith("/outbound-emails")) return "SendEmail";
  return url === "/v1/whatsapp/send" ? "SendWhatsAppMessage" : undefined;
}

function kill(pid: number, response: ServerResponse): void {
  process.kill(pid, "SIGKILL");
  response.destroy();
}

/** The function's process that has a connection over the loopback interface from one port to the other. */
export function processAt(from: number, to: number): { readonly pid: number; readonly name: string } | undefined {
  const address = (port: number) => `0100007F:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const sockets = readFileSync("/proc/net/tcp", "utf8").split("\n");
  const inode = sockets
    .map((line) => line.trim().split(/\s+/))
    .find(([, local, remote]) => local === address(from) && remote === address(to))?.[9];
  if (inode === undefined) return undefined;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name)))
    try {
      if (!readdirSync(`/proc/${pid}/fd`).some((fd) => linked(`/proc/${pid}/fd/${fd}`) === `socket:[${inode}]`))
        continue;
      const name = /(?:^|\0)AWS_LAMBDA_FUNCTION_NAME=([^\0]*)/.exec(readFileSync(`/proc/${pid}/environ`, "utf8"))?.[1];
      return name === undefined ? undefined : { pid: Number(pid), name };
    } catch {
      // The process has ended, or belongs to another user.
    }
  return undefined;
}

function linked(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}
