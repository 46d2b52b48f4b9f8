/**
 * A server on this machine that answers like AWS. The production code sends its requests with its own clients, and the
 * server records them. So the tests replace nothing in the code.
 */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { MemoryTables, type Plain } from "./memory-tables.ts";

export const SECRET = "a signing secret";

interface Recorded {
  /** Such as `StartExecution`. */
  readonly action: string;
  readonly input: Plain;
}

/** EventBridge Scheduler names its actions by method and path. */
const scheduling: Readonly<Record<string, string>> = {
  GET: "GetSchedule",
  POST: "CreateSchedule",
  PUT: "UpdateSchedule",
  DELETE: "DeleteSchedule",
};

const answers: Readonly<Record<string, (input: Plain) => object>> = {
  GetSecretValue: () => ({ SecretString: SECRET }),
  StartExecution: () => ({ executionArn: "arn", startDate: 0 }),
  StopExecution: () => ({ stopDate: 0 }),
  DescribeExecution: () => ({ status: "ABORTED", startDate: 0 }),
  SendTaskSuccess: () => ({}),
  PutEvents: () => ({ FailedEntryCount: 0, Entries: [] }),
  SendEmail: () => ({ MessageId: "ses-1" }),
  SendMessage: ({ MessageBody }) => ({ MD5OfMessageBody: createHash("md5").update(String(MessageBody)).digest("hex") }),
  SendMessageBatch: ({ Entries }) => ({
    Successful: (Entries as Plain[]).map(({ Id, MessageBody }) => ({
      Id,
      MD5OfMessageBody: createHash("md5").update(String(MessageBody)).digest("hex"),
    })),
  }),
};

export class RecordedAws {
  readonly tables = new MemoryTables();
  /** Every request, with the function that sent it. */
  readonly log: (Recorded & { readonly caller: string })[] = [];
  /** The function that runs now. */
  caller = "";
  /** Calls a function for another one. */
  invoke: (name: string, payload: unknown) => Promise<unknown> = async (name) => {
    throw new Error(`${name} was not started.`);
  };
  private readonly requests: Recorded[] = [];
  private readonly server = createServer(async (request, response) => {
    const { status, body } = await this.respond(request, await textOf(request));
    response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(body));
  });

  /** Starts the server and sets the environment of the clients. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    const endpoint = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "none",
      AWS_SECRET_ACCESS_KEY: "none",
      POWERTOOLS_LOG_LEVEL: process.env.POWERTOOLS_LOG_LEVEL ?? "SILENT",
    });
    return endpoint;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  /** Returns the requests of one action, and forgets them. */
  taken(action: string): Plain[] {
    const found = this.requests.filter((request) => request.action === action);
    for (const request of found) this.requests.splice(this.requests.indexOf(request), 1);
    return found.map(({ input }) => input);
  }

  private readonly schedules = new Map<string, Plain>();

  /** The answer of EventBridge Scheduler; `undefined` for other services. */
  private schedule(action: string, url: string, input: Plain): object | undefined {
    if (!url.startsWith("/schedules/")) return undefined;
    const [name = ""] = url.slice("/schedules/".length).split("?");
    const stored = this.schedules.get(name);
    if (action !== "CreateSchedule" && !stored)
      throw Object.assign(new Error("none"), { answer: { __type: "ResourceNotFoundException", Message: "none" } });
    if (action === "DeleteSchedule") this.schedules.delete(name);
    else if (action !== "GetSchedule") this.schedules.set(name, input);
    return action === "GetSchedule" ? stored : { ScheduleArn: "arn" };
  }

  private async respond(request: IncomingMessage, text: string): Promise<{ status: number; body: object }> {
    const action = actionOf(request);
    const input = JSON.parse(text === "" ? "{}" : text) as Plain;
    this.log.push({ action, input, caller: this.caller });
    try {
      if (action === "Invoke") {
        const answer = await this.invoke(request.url?.split("/").at(-2) ?? "", input);
        return { status: 200, body: (answer ?? {}) as object };
      }
      const body =
        this.schedule(action, request.url ?? "", input) ??
        answers[action]?.(input) ??
        this.tables.answer(action, input);
      if (!body) throw new Error(`Nothing here answers ${action}.`);
      this.requests.push({ action, input });
      return { status: 200, body };
    } catch (error) {
      const { answer, message } = error as Error & { answer?: object };
      return { status: 400, body: { message, ...(answer ?? { __type: "ValidationException" }) } };
    }
  }
}

function actionOf({ headers, method = "", url = "" }: IncomingMessage): string {
  const target = String(headers["x-amz-target"] ?? "");
  if (url.endsWith("/invocations")) return "Invoke";
  if (url.startsWith("/schedules/")) return scheduling[method] ?? "";
  return url.endsWith("/outbound-emails") ? "SendEmail" : target.slice(target.lastIndexOf(".") + 1);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
