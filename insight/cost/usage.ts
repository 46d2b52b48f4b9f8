/** The AWS usage of a run: requests with their units, function calls, and state transitions. */

export interface Used {
  readonly function: string;
  /** The API, such as `TransactWriteItems`. */
  readonly api: string;
  /** The subject of the request, such as `enrollment`. */
  readonly what: string;
  requests: number;
  /** Write and read request units of DynamoDB. */
  writeUnits: number;
  readUnits: number;
  /** For `PutEvents`: the number of events. */
  entries: number;
  /** For `SendTextMessage`: the number of parts into which the text messages are divided. */
  parts?: number;
}

export interface Usage {
  readonly requests: readonly Used[];
  /** The calls of each function. Every record of a batch counts as a call. */
  readonly calls: Readonly<Record<string, number>>;
  readonly transitions: number;
}

/** The two kinds of WhatsApp message. Each has another price. */
export const APPROVED_TEMPLATE = "approved template";
export const PLAIN_TEXT = "text";

const sum = <T>(list: readonly T[], amount: (each: T) => number) =>
  list.reduce((total, each) => total + amount(each), 0);

export function total(usage: Usage) {
  const { requests, calls, transitions } = usage;
  const of = (api: string, what?: string) =>
    sum(
      requests.filter((used) => used.api === api && (what === undefined || used.what === what)),
      (used) => used.requests,
    );
  return {
    transitions,
    calls: sum(Object.values(calls), (n) => n),
    writeUnits: sum(requests, (used) => used.writeUnits),
    readUnits: sum(requests, (used) => used.readUnits),
    events: sum(requests, (used) => used.entries),
    executions: of("StartExecution"),
    emails: of("SendEmail"),
    textParts: sum(requests, (used) => used.parts ?? 0),
    whatsappTemplates: of("SendWhatsAppMessage", APPROVED_TEMPLATE),
    whatsappTexts: of("SendWhatsAppMessage", PLAIN_TEXT),
    /** Requests of every API, by its name. */
    apis: Object.fromEntries([...new Set(requests.map(({ api }) => api))].sort().map((api) => [api, of(api)])),
  };
}

export type Total = ReturnType<typeof total>;

/** The usage between two readings of the same meter. */
export function between(before: Usage, after: Usage): Usage {
  const known = new Map(before.requests.map((used) => [nameOf(used), used]));
  const requests = after.requests
    .map((used) => {
      const old = known.get(nameOf(used));
      return {
        ...used,
        requests: used.requests - (old?.requests ?? 0),
        writeUnits: used.writeUnits - (old?.writeUnits ?? 0),
        readUnits: used.readUnits - (old?.readUnits ?? 0),
        entries: used.entries - (old?.entries ?? 0),
        ...(used.parts !== undefined && { parts: used.parts - (old?.parts ?? 0) }),
      };
    })
    .filter(({ requests }) => requests > 0);
  const calls = Object.entries(after.calls).map(([name, n]) => [name, n - (before.calls[name] ?? 0)] as const);
  return { requests, calls: Object.fromEntries(calls), transitions: after.transitions - before.transitions };
}

export function nameOf({ function: name, api, what }: Pick<Used, "function" | "api" | "what">): string {
  return `${name} ${api} ${what}`;
}
