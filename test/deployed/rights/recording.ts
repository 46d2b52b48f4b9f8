/** A proxy that notes every request of every function, with the function that sent it. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Between, whole } from "../between.ts";
import { actionOf as actionByAddress, processAt } from "../deaths.ts";

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
    const action = actionOf(request);
    const caller = action === undefined ? "" : await this.callerOf(request);
    const body = await whole(request);
    if (action !== undefined) {
      const input = JSON.parse(body.toString() || "{}") as Noted["input"];
      this.noted.push({ caller, action, input });
    }
    const answer = await this.passed(request, body);
    response.writeHead(answer.statusCode ?? 502, answer.headers).end(await whole(answer));
  }

  private async callerOf({ socket }: IncomingMessage): Promise<string> {
    let known = this.callers.get(socket);
    // The system's list of connections is read while it changes, so that one may be missing. The function waits meanwhile.
    for (let tries = 0; known === undefined && tries < 20; tries++) {
      if (tries > 0) await new Promise((resolve) => setTimeout(resolve, 20));
      known = processAt(socket.remotePort ?? 0, socket.localPort ?? 0)?.name;
    }
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
  if (url.startsWith("/schedules/")) return schedulesBy[method];
  return url.endsWith("/invocations") ? "Invoke" : actionByAddress(url);
}
