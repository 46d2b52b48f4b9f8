import { expect, test } from "vitest";
import type { Finding } from "../../../insight/health/finding.ts";
import { findingsOf, isHealthy } from "../../../insight/health/findings.ts";
import type { Observed } from "../../../insight/health/observed.ts";

const healthy: Observed = {
  queues: [
    { name: "events", waiting: 3, inWork: 1, deadLetters: 0 },
    { name: "statuses", waiting: 0, inWork: 0, deadLetters: 0 },
  ],
  failures: { count: 0, more: false },
  alarms: [{ name: "Late", state: "OK", text: "" }],
  iteratorAge: 900,
  reconcilerRan: "2026-01-05T09:00:00.000Z",
  overdue: [],
  parked: [],
  rejected: [],
  lostSegments: [],
  failed: [],
  spikes: [],
  held: [],
  unusable: [],
  live: 40,
  inside: 12,
  executions: { of: "stack", open: 12, more: false },
  mail: { sandbox: false, enabled: true, enforcement: "HEALTHY", sentLastDay: 10, quota: 50_000 },
};

const notOk = (observed: Observed) => findingsOf(observed).filter(({ state }) => state !== "ok");

test("a healthy stack", () => {
  expect(notOk(healthy)).toEqual([]);
  expect(isHealthy(findingsOf(healthy))).toBe(true);
});

const mail = healthy.mail ?? expect.fail();
const [events, statuses] = healthy.queues as [Observed["queues"][number], Observed["queues"][number]];
const alarmed = "Calls fail. For customers: they wait. Do first: read the log.";

test.each<[string, Partial<Observed>, Finding["state"], string, RegExp]>([
  [
    "dead events",
    { queues: [{ ...events, deadLetters: 2 }, statuses] },
    "failing",
    "dead letters of events",
    /redrive/,
  ],
  [
    "dead reports",
    { queues: [events, { ...statuses, deadLetters: 1 }] },
    "failing",
    "dead letters of statuses",
    /redrive/,
  ],
  ["many waiting", { queues: [{ ...events, waiting: 5000 }, statuses] }, "note", "queue of events", /log/],
  [
    "unusable values",
    { unusable: [{ attribute: "timezone", reason: "bad-timezone", count: 3 }] },
    "note",
    "reserved attributes",
    /journeys customer/,
  ],
  ["failed batches", { failures: { count: 1, more: false } }, "failing", "records given up on", /exit-evaluator/],
  ["late changes", { iteratorAge: 600_000 }, "failing", "changes of customers", /exit-evaluator/],
  ["parked", { parked: [{ journeyId: "j", count: 4, more: false }] }, "note", "journey j", /journeys resume j/],
  ["overdue", { overdue: [{ journeyId: "j", count: 4, more: false }] }, "failing", "overdue in j", /reconciler/],
  ["many live journeys", { live: 1_500 }, "note", "live journeys", /journeys delete/],
  [
    "a rejected save",
    { rejected: [{ journeyId: "j", problems: [{ message: "No." }] }] },
    "failing",
    "journey j",
    /journeys publish/,
  ],
  [
    "a segment that was deleted and is named",
    { lostSegments: [{ segmentId: "vip", namedBy: ["journey j", "segment s"] }] },
    "failing",
    "segment vip",
    /journeys segment vip/,
  ],
  ["failures", { failed: [{ journeyId: "j", reasons: { stuck: 2 } }] }, "note", "failed in j", /log of advance/],
  [
    "a complaint spike",
    { spikes: [{ journeyId: "j", kind: "complaints", reports: 9, sent: 100 }] },
    "failing",
    "complaints in j",
    /journeys stop j/,
  ],
  [
    "held marketing",
    { held: [{ journeyId: "j", kind: "complaints", reports: 9, sent: 100, at: "2026-01-05T09:00:00.000Z" }] },
    "failing",
    "marketing of j",
    /journeys resume j/,
  ],
  [
    "many executions",
    { executions: { of: "stack", open: 900_000, more: false } },
    "failing",
    "open executions",
    /quota/,
  ],
  [
    "a higher quota",
    { executions: { of: "account", open: 4_500_000, more: false, quota: 5_000_000 } },
    "failing",
    "open executions",
    /quota/,
  ],
  [
    "executions that are gone",
    { executions: { of: "stack", open: 9, more: false } },
    "note",
    "open executions",
    /overdue/,
  ],
  ["an alarm", { alarms: [{ name: "A", state: "ALARM", text: alarmed }] }, "failing", "alarm A", /^read the log\.$/],
  ["the sandbox", { mail: { ...mail, sandbox: true } }, "failing", "email", /production access/],
  ["paused sending", { mail: { ...mail, enabled: false } }, "failing", "email", /case/],
  ["probation", { mail: { ...mail, enforcement: "PROBATION" } }, "failing", "email", /case/],
  ["a quota nearly used up", { mail: { ...mail, sentLastDay: 45_000 } }, "failing", "email", /quota/],
])("%s: what it means and what to do", (_, part, state, area, doFirst) => {
  const observed = { ...healthy, ...part };
  const [finding, ...others] = notOk(observed);
  expect([finding?.state, finding?.area, others]).toEqual([state, area, []]);
  expect(finding?.doFirst).toMatch(doFirst);
  expect(finding?.forCustomers).toBeTruthy();
  expect(isHealthy(findingsOf(observed))).toBe(state !== "failing");
});

test.each<[keyof Observed]>([["failures"], ["alarms"], ["iteratorAge"], ["reconcilerRan"], ["executions"], ["mail"]])(
  "%s that could not be read is unknown, which is neither ok nor failing",
  (what) => {
    const findings = findingsOf({ ...healthy, [what]: undefined });
    expect(findings.filter(({ state }) => state !== "ok").map(({ state }) => state)).toEqual(["not known"]);
    expect(isHealthy(findings)).toBe(true);
  },
);

test("the number of executions of a whole account is not compared with the customers inside", () => {
  expect(notOk({ ...healthy, executions: { of: "account", open: 9, more: false } })).toEqual([]);
  expect(notOk({ ...healthy, executions: { of: "stack", open: 9, more: true } })).toEqual([]);
});

test("an account without a quota never exceeds it", () => {
  expect(notOk({ ...healthy, mail: { ...mail, sentLastDay: 9_000_000, quota: -1 } })).toEqual([]);
});

test.each<[string, Partial<Observed>, readonly string[], readonly string[]]>([
  [
    "dead letters",
    { queues: [{ ...events, deadLetters: 2 }, statuses] },
    ["journeys redrive --list", "journeys redrive"],
    ["Replay"],
  ],
  [
    "failed batches",
    { failures: { count: 1, more: false } },
    ["journeys redrive --list", "journeys redrive"],
    ["Replay"],
  ],
  ["parked customers", { parked: [{ journeyId: "j", count: 4, more: false }] }, ["journeys resume j"], ["Resume"]],
  ["a rejected save", { rejected: [{ journeyId: "j", problems: [{ message: "No." }] }] }, ["journeys show j"], []],
  ["a lost segment", { lostSegments: [{ segmentId: "vip", namedBy: ["journey j"] }] }, ["journeys segment vip"], []],
  [
    "complaints",
    { spikes: [{ journeyId: "j", kind: "complaints", reports: 9, sent: 100 }] },
    ["journeys pause j", "journeys stop j"],
    ["Pause"],
  ],
  [
    "an open circuit breaker",
    { held: [{ journeyId: "j", kind: "complaints", reports: 9, sent: 100, at: "2026-01-05T09:00:00.000Z" }] },
    ["journeys resume j --breaker", "journeys stop j"],
    ["Close the circuit breaker"],
  ],
  ["overdue steps, which the reconciler restarts", { overdue: [{ journeyId: "j", count: 4, more: false }] }, [], []],
])("%s: the commands, and a button for those that do no harm", (_, part, commands, buttons) => {
  const [{ remedies = [] } = {}] = notOk({ ...healthy, ...part });
  expect(remedies.map(({ command }) => command)).toEqual(commands);
  expect(remedies.flatMap(({ button }) => button?.text ?? [])).toEqual(buttons);
});
