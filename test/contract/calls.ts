/** One call of each method of each port. A new method does not compile until this file calls it. */
import type { Breakers, Journeys, Publishing, Templates } from "../../lambdas/app/ports.ts";
import type { Profiles, Runs } from "../../lambdas/app/run-ports.ts";
import type { Segments } from "../../lambdas/app/segment-ports.ts";
import type { SendRate, SentIds } from "../../lambdas/app/sending-ports.ts";
import type { Store } from "../../lambdas/app/store.ts";
import { newBreaker } from "../../lambdas/domain/counters/breaker.ts";
import { nobodyConsidered } from "../../lambdas/domain/schedule/audience-run.ts";
import { newPart, type RunRecord } from "../../lambdas/domain/schedule/run-record.ts";
import { journeyOf, NOW } from "../domain/enrolled.ts";
import { entry, event } from "./world/given.ts";
import type { Ports } from "./world/ports.ts";

type Method<Port> = {
  [Name in keyof Port]: Port[Name] extends (...given: never[]) => unknown ? Name : never;
}[keyof Port];
type Calls<Port> = { readonly [Name in Method<Port>]: (port: Port) => Promise<unknown> };

const published = { state: "published", version: 1, at: NOW, problems: [] } as const;

const store: Calls<Store> = {
  customer: (port) => port.customer("c-1"),
  sendLog: (port) => port.sendLog("c-1"),
  addressFacts: (port) => port.addressFacts("hash"),
  enrollment: (port) => port.enrollment({ customerId: "c-1", enrollmentId: "e" }),
  openEnrollment: (port) => port.openEnrollment({ customerId: "c-1", enrollmentId: "e" }),
  openEnrollments: (port) => port.openEnrollments("c-1"),
  enrollments: (port) => port.enrollments("c-1"),
  entry: (port) => port.entry("c-1", "j", undefined),
  event: (port) => port.event("c-1", "a"),
  events: (port) => port.events("c-1", "visit", NOW),
  considered: (port) => port.considered("c-1", "j-1"),
  keepEvent: (port) => port.keepEvent("c-1", "a", NOW, "2027-01-05T10:00:00.000Z"),
  commit: (port) => port.commit([event("new")]),
  erase: (port) => port.erase("c-1", NOW),
  inside: (port) => Array.fromAsync(port.inside("j")),
  overdue: (port) => Array.fromAsync(port.overdue(NOW)),
  unstopped: (port) => Array.fromAsync(port.unstopped()),
  parked: (port) => Array.fromAsync(port.parked("j")),
};

const journeys: Calls<Journeys & Publishing> = {
  catalog: (port) => port.catalog(),
  live: (port) => port.live("j"),
  liveNow: (port) => port.liveNow("j"),
  stoppedSince: (port) => port.stoppedSince(NOW),
  held: (port) => port.held(),
  version: (port) => port.version("j", 1),
  newest: (port) => port.newest("j"),
  freeze: (port) => port.freeze(journeyOf({}), 2),
  publish: (port) => port.publish("j", { version: 1, journey: journeyOf({}) }, published),
};

const templates: Calls<Templates> = {
  get: (port) => port.get("letter"),
  known: (port) => port.known(["letter"]),
  shared: (port) => port.shared("page"),
  live: (port) => port.live("letter"),
  publish: (port) =>
    port.publish(
      "letter",
      { id: "letter", channel: "email", class: "marketing", subject: "Hi", text: "Hi" },
      { state: "published", at: NOW, problems: [] },
    ),
};

const breakers: Calls<Breakers> = {
  get: (port) => port.get("j"),
  hold: (port) => port.hold("j"),
  counts: (port) => port.counts("j"),
  put: (port) => port.put({ ...newBreaker("j"), revision: 1 }),
};

const segments: Calls<Segments> = {
  get: (port) => port.get(["s"]),
  all: (port) => port.all(),
  live: (port) => port.live("s"),
  publish: (port) =>
    port.publish(
      "s",
      { id: "s", kind: "segment", name: "S", where: { any: [] } },
      { state: "published", at: NOW, problems: [] },
    ),
};

const run: RunRecord = {
  ...{ journeyId: "j", runId: "j-1", startedAt: NOW, aim: { kind: "all" } },
  ...{ state: "under-way", version: 1, parts: 1, execution: "x" },
};

const runs: Calls<Runs> = {
  get: (port) => port.get(run),
  begin: (port) => port.begin(run),
  note: (port) => port.note({ ...run, runId: "j-2", state: "asked" }),
  cancel: (port) => port.cancel(run, NOW),
  end: (port) => port.end(run, NOW, { result: nobodyConsidered, waiting: 0, partsDone: 1 }),
  ofJourney: (port) => port.ofJourney("j"),
  underWay: (port) => port.underWay(),
  asked: (port) => port.asked(NOW),
  part: (port) => port.part(run, 0),
  putPart: (port) => port.putPart({ ...newPart(run, 0), revision: 1 }),
  counts: (port) => port.counts(run),
  list: (port) => port.list(run, 0),
  turns: (port) => port.turns(run),
  putTurns: (port) => port.putTurns(run, { used: 1, last: NOW, revision: 1 }),
};

const sentIds: Calls<SentIds> = {
  note: (port) => port.note("id-1", { customerId: "c-1", messageId: "e-0" }),
  find: (port) => port.find("id-2", { status: "read", time: NOW }),
};

const profiles: Calls<Profiles> = { page: (port) => port.page(0, 1, undefined) };

const pace: Calls<SendRate> = { turn: (port) => port.turn("email") };

export type AllPorts = Ports & { readonly pace: SendRate };
export type Call = readonly [name: string, call: (ports: AllPorts) => Promise<unknown>];

const named = <Name extends keyof AllPorts>(name: Name, calls: Calls<AllPorts[Name]>): Call[] =>
  Object.entries<(port: AllPorts[Name]) => Promise<unknown>>(calls).map(([method, call]) => [
    `${name}.${method}`,
    (ports) => call(ports[name]),
  ]);

export const everyCall: readonly Call[] = [
  ...named("store", store),
  ...named("journeys", journeys),
  ...named("templates", templates),
  ...named("segments", segments),
  ...named("breakers", breakers),
  ...named("sentIds", sentIds),
  ...named("runs", runs),
  ...named("profiles", profiles),
  ...named("pace", pace),
  ["store.commit, of two changes", ({ store }) => store.commit([event("newer"), entry(1)])],
];
