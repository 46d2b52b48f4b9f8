/** A proxy that notes every request of every function, with the function that sent it. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Between, whole } from "../between.ts";
import { processAt } from "../deaths.ts";

export interface Noted {
  /** The function's deployed name. */
  readonly caller: string;
  /** Such as `StartExecution`. */
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export class Recording extends Between {
  readonly noted: Noted[] = [];
  /** A function keeps its connection, so its process is looked for once. */
  private readonly callers = new WeakMap<object, string>();

  protected async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await whole(request);
    const action = actionOf(request);
    if (action !== undefined) {
      const input = JSON.parse(body.toString() || "{}") as Noted["input"];
      this.noted.push({ caller: this.callerOf(request), action, input });
    }
    const answer = await this.passed(request, body);
    response.writeHead(answer.statusCode ?? 502, answer.headers).end(await whole(answer));
  }

  private callerOf({ socket }: IncomingMessage): string {
    let known = this.callers.get(socket);
    // The list of connections is read while it changes, so that one may be missing.
    for (let tries = 0; known === undefined && tries < 5; tries++)
      known = processAt(socket.remotePort ?? 0, socket.localPort ?? 0)?.name;
    if (known !== undefined) this.callers.set(socket, known);
    return known ?? "";
  }
}

const schedulesBy: Readonly<Record<string, string>> = {
  GET: "GetSchedule",
  POST: "CreateSchedule",
  PUT: "UpdateSchedule",
  DELETE: "DeleteSchedule",
};

/** `undefined`: not a request to a service, such as one of the emulator's own. */
function actionOf({ headers, method = "", url = "" }: IncomingMessage): string | undefined {
  const target = headers["x-amz-target"];
  if (typeof target === "string") return target.split(".").at(-1);
  if (url.endsWith("/outbound-emails")) return "SendEmail";
  if (url.startsWith("/schedules/")) return schedulesBy[method];
  return url.endsWith("/invocations") ? "Invoke" : undefined;
}
