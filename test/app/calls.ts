/**
 * Every call of a port that a test can disturb, typed by the ports themselves. A method that is added, renamed or
 * removed does not compile until this table has it, so no crash test can miss a call.
 */
import type { EventQueue, Inbox, Ports, StoredJourneys } from "../../lambdas/app/ports.ts";
import type { SentIds, Sms, Whatsapp } from "../../lambdas/app/sending-ports.ts";

type Watched = Pick<
  Ports,
  | "store"
  | "publishing"
  | "templates"
  | "waiting"
  | "segments"
  | "executions"
  | "statusTasks"
  | "statusProgress"
  | "mail"
  | "bus"
  | "breakers"
  | "schedules"
  | "runs"
  | "profiles"
  | "entries"
> & {
  readonly inbox: Inbox;
  readonly sms: Sms;
  readonly whatsapp: Whatsapp;
  readonly sentIds: SentIds;
  readonly events: EventQueue;
  readonly journeys: StoredJourneys;
};
export type PortName = keyof Watched;
type Method<P extends PortName> = Extract<keyof Watched[P], string>;

/** A port and its method, such as `store.commit`. */
export type Call = { [P in PortName]: `${P}.${Method<P>}` }[PortName];

/**
 * The kind of a call. `list`: reads page by page. `write`: stores something, unless another writer was faster; then it
 * throws a conflict. `effect`: always changes something.
 */
export type CallKind = "read" | "list" | "write" | "effect";

const kinds: { readonly [P in PortName]: Readonly<Record<Method<P>, CallKind>> } = {
  store: {
    customer: "read",
    sendLog: "read",
    addressFacts: "read",
    enrollment: "read",
    openEnrollment: "read",
    enrollments: "read",
    openEnrollments: "read",
    entry: "read",
    event: "read",
    events: "read",
    considered: "read",
    keepEvent: "effect",
    commit: "write",
    erase: "write",
    inside: "list",
    overdue: "list",
    unstopped: "list",
    parked: "list",
  },
  journeys: {
    catalog: "read",
    live: "read",
    liveNow: "read",
    stoppedSince: "read",
    held: "read",
    version: "read",
    newest: "read",
  },
  publishing: { freeze: "write", publish: "effect" },
  templates: { get: "read", known: "read", shared: "read", live: "read", publish: "effect" },
  waiting: { add: "effect", of: "read", remove: "effect" },
  segments: { get: "read", all: "read", live: "read", publish: "effect" },
  executions: { start: "effect", stop: "effect", signal: "effect", isRunning: "read" },
  statusTasks: { begin: "effect", add: "effect" },
  statusProgress: { note: "effect" },
  mail: { send: "effect" },
  sms: { send: "effect" },
  whatsapp: { send: "effect" },
  sentIds: { note: "effect", find: "effect" },
  events: { put: "effect" },
  bus: { publish: "effect" },
  breakers: { get: "read", hold: "read", counts: "read", put: "write" },
  schedules: { armed: "read", arm: "effect" },
  runs: {
    get: "read",
    begin: "write",
    note: "effect",
    cancel: "effect",
    end: "effect",
    ofJourney: "read",
    underWay: "read",
    asked: "read",
    part: "read",
    putPart: "write",
    counts: "read",
    list: "read",
    turns: "read",
    putTurns: "write",
  },
  profiles: { page: "read" },
  entries: { add: "effect" },
  inbox: { requeue: "effect" },
};

const table = new Map<string, CallKind>(
  Object.entries(kinds).flatMap(([port, methods]) =>
    Object.entries(methods).map(([method, kind]) => [`${port}.${method}`, kind] as const),
  ),
);

export function kindOf(call: Call): CallKind {
  const kind = table.get(call);
  if (kind === undefined) throw new Error(`${call} is no call of a port.`);
  return kind;
}

/** Whether a call changes something. A crash after any other call equals a crash before the next one. */
export const hasEffect = (call: Call): boolean => kindOf(call) === "write" || kindOf(call) === "effect";

export const methodOf = (call: Call): string => call.slice(call.indexOf(".") + 1);

export const isOf = (port: PortName, call: Call): boolean => call.startsWith(`${port}.`);

export type CallCounts = Partial<Record<Call, number>>;

export function countCalls(calls: Iterable<Call>): CallCounts {
  const counts: CallCounts = {};
  for (const call of calls) counts[call] = (counts[call] ?? 0) + 1;
  return counts;
}

type Around = (call: Call, make: () => unknown, given: readonly unknown[]) => unknown;

/** The same port with a function around every call. A member that is no call stays as it is. */
export function watch<P extends object>(name: PortName, port: P, around: Around): P {
  return new Proxy(port, {
    get(target, member) {
      const value: unknown = Reflect.get(target, member);
      if (typeof value !== "function") return value;
      const call = `${name}.${String(member)}` as Call;
      if (!table.has(call)) return value.bind(target);
      return (...given: unknown[]) => around(call, () => Reflect.apply(value, target, given), given);
    },
  });
}

/** The same ports with a function around every call. Reading the clock is no call. */
export function watched(ports: Ports, around: Around): Ports {
  return {
    ...ports,
    store: watch("store", ports.store, around),
    journeys: watch("journeys", ports.journeys, around),
    publishing: watch("publishing", ports.publishing, around),
    templates: watch("templates", ports.templates, around),
    waiting: watch("waiting", ports.waiting, around),
    segments: watch("segments", ports.segments, around),
    executions: watch("executions", ports.executions, around),
    statusTasks: watch("statusTasks", ports.statusTasks, around),
    statusProgress: watch("statusProgress", ports.statusProgress, around),
    mail: watch("mail", ports.mail, around),
    sms: ports.sms && watch("sms", ports.sms, around),
    whatsapp: ports.whatsapp && watch("whatsapp", ports.whatsapp, around),
    sentIds: ports.sentIds && watch("sentIds", ports.sentIds, around),
    bus: watch("bus", ports.bus, around),
    breakers: watch("breakers", ports.breakers, around),
    schedules: watch("schedules", ports.schedules, around),
    runs: watch("runs", ports.runs, around),
    profiles: watch("profiles", ports.profiles, around),
    entries: watch("entries", ports.entries, around),
  };
}

/** The places, from 0, of the first and the last call of each kind. */
export const edgesOf = (calls: readonly Call[]): ReadonlySet<number> =>
  new Set([...new Set(calls)].flatMap((call) => [calls.indexOf(call), calls.lastIndexOf(call)]));
