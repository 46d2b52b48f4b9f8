/**
 * AWS as the SDK clients see it: one HTTP server on this machine that records every request and answers it. The
 * production code is unmodified; `AWS_ENDPOINT_URL` makes its clients call this server.
 *
 * A request for an operation without an answer fails with the name of the operation, so no new request goes unnoticed.
 */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export type Input = Readonly<Record<string, unknown>>;

export interface Call {
  /** As the SDK names it, such as `StartExecution`. */
  readonly operation: string;
  readonly input: Input;
}

/** How a service answers one request: with a body, or with a thrown `Fault`. */
export type Answer = (input: Input) => object | Promise<object>;

/** An error of a service. Without a status, the server cuts the connection before it answers. */
export class Fault extends Error {
  readonly status: number | undefined;
  readonly more: object;

  constructor(name: string, message = `${name}, by the test`, status: number | undefined = 400, more: object = {}) {
    super(message);
    this.name = name;
    this.status = status;
    this.more = more;
  }
}

export const cutConnection = Object.assign(new Fault("cut"), { status: undefined });

/** Milliseconds. */
const [TICK, GIVEN_UP] = [5, 400];

const usual: Readonly<Record<string, Answer>> = {
  StartExecution: () => ({ executionArn: "arn:aws:states:::execution:any", startDate: 0 }),
  StopExecution: () => ({ stopDate: 0 }),
  DescribeExecution: () => ({ status: "ABORTED", startDate: 0 }),
  SendTaskSuccess: () => ({}),
  SendTextMessage: () => ({ MessageId: "sms-1" }),
  SendWhatsAppMessage: () => ({ messageId: "4bee7d29-70f5-4a49-b84e-facf4424fe58" }),
  SendEmail: () => ({ MessageId: "ses-1" }),
  PutEvents: ({ Entries }) => ({ FailedEntryCount: 0, Entries: (Entries as []).map(() => ({ EventId: "e" })) }),
  SendMessage: ({ MessageBody }) => ({
    MessageId: "sqs-1",
    MD5OfMessageBody: createHash("md5").update(String(MessageBody)).digest("hex"),
  }),
  SendMessageBatch: ({ Entries }) => ({
    Successful: (Entries as Input[]).map(({ Id, MessageBody }) => ({
      Id,
      MessageId: "sqs-1",
      MD5OfMessageBody: createHash("md5").update(String(MessageBody)).digest("hex"),
    })),
    Failed: [],
  }),
  GetSecretValue: () => ({ SecretString: "the signing secret" }),
};

export class Loopback {
  /** Every request since `forget`, the refused ones included. */
  readonly calls: Call[] = [];
  private readonly answers = new Map<string, Answer>(Object.entries(usual));
  private readonly faults: { readonly operation: string; readonly fault: Fault; times: number }[] = [];
  /** The most requests since `forget` that were open at the same time. */
  openAtOnce = 0;
  private open = 0;
  /** How many milliseconds a request takes. */
  latency: () => number = () => 0;
  /** A request is answered when this many requests were open at the same time, or after `GIVEN_UP`. */
  together = 0;
  private readonly server: Server;

  private constructor(server: Server) {
    this.server = server;
  }

  /** `attempts`: 1 lets a function meet each fault at once; without it, the clients try as often as in production. */
  static async start(attempts?: 1): Promise<Loopback> {
    const server = createServer((request, response) => void loopback.handle(request, response));
    const loopback = new Loopback(server);
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    Object.assign(process.env, loopback.environment(), attempts && { AWS_MAX_ATTEMPTS: String(attempts) });
    return loopback;
  }

  /** The variables that make an SDK client call this server, and ignore the settings of this machine. */
  environment(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    };
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((closed) => this.server.close(() => closed()));
  }

  answer(answers: Readonly<Record<string, Answer>>): void {
    for (const [operation, answer] of Object.entries(answers)) this.answers.set(operation, answer);
  }

  /** The next requests of an operation fail. */
  fail(operation: string, fault: Fault, times = 1): void {
    this.faults.push({ operation, fault, times });
  }

  /** Forgets the requests so far, and the faults that no request has met. */
  forget(): void {
    this.calls.length = 0;
    this.faults.length = 0;
    this.openAtOnce = 0;
  }

  /** The inputs of all requests of an operation. */
  of(operation: string): Input[] {
    return this.calls.filter((call) => call.operation === operation).map(({ input }) => input);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.openAtOnce = Math.max(this.openAtOnce, ++this.open);
    response.on("close", () => this.open--);
    const text = (await Array.fromAsync(request as AsyncIterable<Buffer>)).join("");
    const operation = operationOf(request);
    const body = JSON.parse(text || "{}") as Input;
    const input =
      operation === "Invoke" ? { FunctionName: nameIn(request), Payload: body } : { ...pathIn(request), ...body };
    this.calls.push({ operation, input });
    for (let waited = 0; this.openAtOnce < this.together && waited < GIVEN_UP; waited += TICK) await sleep(TICK);
    const takes = this.latency();
    if (takes > 0) await sleep(takes);
    try {
      const fault = this.faults.find((each) => each.operation === operation && each.times > 0);
      if (fault && fault.times-- > 0) throw fault.fault;
      const answer = this.answers.get(operation);
      if (!answer) throw new Fault("UnknownOperation", `The test has no answer for ${operation}.`, 501);
      send(response, 200, await answer(input));
    } catch (error) {
      if (!(error instanceof Fault)) return send(response, 501, { message: (error as Error).message });
      if (error.status === undefined) return void request.socket.destroy();
      // Lambda says in this header that the called function failed.
      response.setHeader(error.status === 200 ? "x-amz-function-error" : "x-amzn-errortype", error.name);
      send(response, error.status, { ...error.more, __type: error.name, message: error.message });
    }
  }
}

const verbs: Readonly<Record<string, string>> = { GET: "Get", POST: "Create", PUT: "Update", DELETE: "Delete" };

/**
 * Services that speak JSON name the operation in a header. The requests of SES, Lambda and WhatsApp name it in their path,
 * and those of EventBridge Scheduler by their method.
 */
function operationOf({ headers, url = "", method = "" }: IncomingMessage): string {
  const target = headers["x-amz-target"];
  if (url.startsWith(SCHEDULES)) return `${verbs[method]}Schedule`;
  if (url.endsWith("/invocations")) return "Invoke";
  if (url.endsWith("/v1/whatsapp/send")) return "SendWhatsAppMessage";
  return url.endsWith("/v2/email/outbound-emails") ? "SendEmail" : (String(target).split(".").at(-1) ?? "");
}

const SCHEDULES = "/schedules/";

/** The members of a request of EventBridge Scheduler that are in its path. */
function pathIn({ url = "" }: IncomingMessage): Input {
  if (!url.startsWith(SCHEDULES)) return {};
  const { pathname, searchParams } = new URL(url, "http://loopback");
  const GroupName = searchParams.get("groupName");
  return { Name: decodeURIComponent(pathname.slice(SCHEDULES.length)), ...(GroupName !== null && { GroupName }) };
}

/** The function that a request of Lambda calls. */
const nameIn = ({ url = "" }: IncomingMessage) => decodeURIComponent(url.split("/").at(-2) ?? "");

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(body));
}
