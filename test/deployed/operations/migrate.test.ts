/**
 * `journeys migrate` on a deployed stack: customers in a native wait and at a signal move to another version, their
 * executions are not touched, every mail comes once, and a customer who may not move is listed and goes on.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import { type Running, running } from "../running.ts";
import { until } from "../waiting.ts";

const mail = (next?: string) => ({ type: "sendTemplate", template: "hello", ...(next && { next }) });

/** The waits take 36 seconds here. */
const components = {
  kind: {
    type: "condition",
    branches: [{ when: { field: "customer.plan", operator: "equals", value: "pro" }, next: "order" }],
    otherwise: "stay",
  },
  order: {
    type: "waitFor",
    branches: [{ id: "came", event: "ordered", next: "thanks" }],
    within: "PT36H",
    otherwise: "thanks",
  },
  stay: { type: "wait", for: "PT36H", next: "thanks" },
  thanks: mail(),
};
const journey = { id: "moving", name: "Moving", status: "active", trigger: { event: "started" }, start: "first" };
const before = { ...journey, components: { first: mail("kind"), ...components } };
/** The first mail has another id; another mail and a tag come in the end; a pro gets a mail before the wait. */
const after = {
  ...journey,
  start: "greet",
  components: {
    ...components,
    greet: mail("kind"),
    kind: { ...components.kind, branches: [{ ...components.kind.branches[0], next: "extra" }] },
    extra: mail("order"),
    thanks: mail("moved"),
    moved: { type: "addTag", tags: ["moved"] },
  },
};

let run: Running;
beforeAll(async () => {
  run = await running();
  await run.stack.put("TemplatesTableName", {
    id: "hello",
    channel: "email",
    class: "marketing",
    subject: "Hello",
    text: "Hello",
  });
}, 180_000);
afterAll(() => run.stop(), 60_000);

const address = (customerId: string) => `success+${customerId}@simulator.amazonses.com`;
const start = (customerId: string, plan: string) =>
  run.stack.publish("started", { id: `in-${customerId}`, customerId, customer: { email: address(customerId), plan } });
const enrollment = async (customerId: string): Promise<Enrollment | undefined> =>
  (await run.stack.enrollments(customerId))[0];
const is = (customerId: string, what: string, holds: (each: Enrollment) => unknown) =>
  until(
    `${customerId} ${what}`,
    async () => {
      const each = await enrollment(customerId);
      return each && holds(each) ? each : undefined;
    },
    { seconds: 120, instead: () => enrollment(customerId) },
  );
const migrate = async (...more: string[]) => {
  const { out, err, exitCode } = await run.journeys("migrate", "moving", "--to", "2", ...more, "--json");
  expect([exitCode, err]).toEqual([0, ""]);
  return JSON.parse(out);
};

test("those whose log allows it move, and no mail comes twice", { timeout: 300_000 }, async () => {
  expect(await run.stack.save(before)).toMatchObject({ state: "published" });
  await start("ada", "free");
  await start("ben", "pro");
  const waiting = await is("ada", "to wait", ({ position }) => position.waiting);
  await is("ben", "to wait for the order", ({ position }) => position.waiting?.token);
  expect(await run.stack.save(after)).toMatchObject({ state: "published", version: 2 });

  const map = ["--map", "first=greet"];
  expect(await migrate(...map)).toMatchObject({ dryRun: true, moved: 1 });
  expect((await enrollment("ada"))?.journeyVersion).toBe(1);
  const notMoved = [{ customerId: "ben", version: 1, reason: "would-skip-message", componentId: "extra" }];
  expect(await migrate(...map, "--yes")).toMatchObject({ ok: true, dryRun: false, moved: 1, already: 0, notMoved });
  expect(await migrate(...map, "--yes")).toMatchObject({ moved: 0, already: 1, notMoved });
  expect((await enrollment("ada"))?.position).toEqual(waiting.position);

  await run.stack.publish("ordered", { id: "order-ben", customerId: "ben" });
  const [ada, ben] = [
    await is("ada", "to complete", ({ status }) => status === "completed"),
    await is("ben", "to complete", ({ status }) => status === "completed"),
  ];
  const path = ({ steps }: Enrollment) => steps.map(({ componentId }) => componentId);
  expect([ada.journeyVersion, ada.executions, path(ada)]).toEqual([2, 1, ["greet", "kind", "stay", "thanks", "moved"]]);
  expect([ben.journeyVersion, ben.executions, path(ben)]).toEqual([1, 1, ["first", "kind", "order", "thanks"]]);
  for (const customerId of ["ada", "ben"]) expect(await run.inbox(address(customerId))).toHaveLength(2);
  const recounted = await run.journeys("recount", "moving", "--json");
  expect(JSON.parse(recounted.out)).toMatchObject({ ok: true, differences: [] });
});

test("a signal ends the wait of a customer who has moved", { timeout: 300_000 }, async () => {
  const listening = {
    ...journey,
    id: "listening",
    trigger: { event: "listened" },
    start: "order",
    components: { order: { ...components.order, within: "P30D" }, thanks: { type: "addTag", tags: ["old"] } },
  };
  expect(await run.stack.save(listening)).toMatchObject({ state: "published" });
  await run.stack.publish("listened", { id: "in-cleo", customerId: "cleo" });
  await is("cleo", "to wait for the order", ({ position }) => position.waiting?.token);
  const edit = { ...listening.components, thanks: { type: "addTag", tags: ["new"] } };
  expect(await run.stack.save({ ...listening, components: edit })).toMatchObject({ state: "published", version: 2 });
  const { exitCode, out } = await run.journeys("migrate", "listening", "--to", "2", "--yes");
  expect([exitCode, out]).toEqual([0, "✓ 1 customer inside listening moved to version 2."]);
  await run.stack.publish("ordered", { id: "order-cleo", customerId: "cleo" });
  await is("cleo", "to complete", ({ status }) => status === "completed");
  const profile = (await run.stack.customer("cleo")).find(({ sk }) => sk === "profile");
  expect(profile?.tags).toEqual(["new"]);
});
