/**
 * `journeys migrate` on a deployed stack: customers in a native wait and at a signal move to another version, their
 * executions are not touched, every mail comes once, and a customer who may not move is listed and goes on.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import { type Running, running } from "../running.ts";
import { until } from "../waiting.ts";

const mail = (next?: string) => ({ type: "sendTemplate", template: "hello", ...(next && { next }) });

const plan = (name: string, next: string) => ({
  when: { field: "customer.plan", operator: "equals", value: name },
  next,
});
const listen = (event: string) => ({
  type: "waitFor",
  branches: [{ id: "came", event, next: "thanks" }],
  within: "P30D",
  otherwise: "thanks",
});
/** The native wait takes 24 seconds here. No other wait ends by itself. */
const components = {
  kind: { type: "condition", branches: [plan("pro", "order"), plan("slow", "stay")], otherwise: "visit" },
  order: listen("ordered"),
  visit: listen("visited"),
  stay: { type: "wait", for: "P1D", next: "thanks" },
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
    kind: { ...components.kind, branches: [plan("pro", "extra"), plan("slow", "stay")] },
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
const path = ({ steps }: Enrollment) => steps.map(({ componentId }) => componentId);
const migrate = async (...more: string[]) => {
  const to = more.includes("--to") ? [] : ["--to", "2"];
  const { out, err, exitCode } = await run.journeys("migrate", "moving", ...to, ...more, "--json");
  expect([exitCode, err]).toEqual([0, ""]);
  return JSON.parse(out);
};

test("those whose log allows it move, and no mail comes twice", { timeout: 300_000 }, async () => {
  expect(await run.stack.save(before)).toMatchObject({ state: "published" });
  await start("ada", "free");
  await start("ben", "pro");
  const waiting = await is("ada", "to wait for a visit", ({ position }) => position.waiting?.token);
  await is("ben", "to wait for the order", ({ position }) => position.waiting?.token);
  expect(await run.stack.save(after)).toMatchObject({ state: "published", version: 2 });

  const map = ["--map", "first=greet"];
  expect(await migrate(...map)).toMatchObject({ dryRun: true, moved: 1 });
  expect((await enrollment("ada"))?.journeyVersion).toBe(1);
  const notMoved = [{ customerId: "ben", version: 1, reason: "would-skip-message", componentId: "extra" }];
  expect(await migrate(...map, "--yes")).toMatchObject({ ok: true, dryRun: false, moved: 1, already: 0, notMoved });
  expect(await migrate(...map, "--yes")).toMatchObject({ moved: 0, already: 1, notMoved });
  expect((await enrollment("ada"))?.position).toEqual(waiting.position);

  await run.stack.publish("visited", { id: "visit-ada", customerId: "ada" });
  await run.stack.publish("ordered", { id: "order-ben", customerId: "ben" });
  const [ada, ben] = [
    await is("ada", "to complete", ({ status }) => status === "completed"),
    await is("ben", "to complete", ({ status }) => status === "completed"),
  ];
  expect([ada.journeyVersion, ada.executions, path(ada)]).toEqual([
    2,
    1,
    ["greet", "kind", "visit", "thanks", "moved"],
  ]);
  expect([ben.journeyVersion, ben.executions, path(ben)]).toEqual([1, 1, ["first", "kind", "order", "thanks"]]);
  for (const customerId of ["ada", "ben"]) expect(await run.inbox(address(customerId))).toHaveLength(2);
  const recounted = await run.journeys("recount", "moving", "--json");
  expect(JSON.parse(recounted.out)).toMatchObject({ ok: true, differences: [] });
});

test("the end of a native wait leads on in the version of the customer", { timeout: 300_000 }, async () => {
  await run.untilFunctionsLookAgain();
  await start("dora", "slow");
  const waiting = await is("dora", "to wait", ({ steps }) => steps.some(({ componentId }) => componentId === "stay"));
  await migrate("--to", "1", "--map", "greet=first", "--yes");
  const dora = await is("dora", "to complete", ({ status }) => status === "completed");
  const stay = (each: Enrollment) => each.steps.find(({ componentId }) => componentId === "stay");
  expect([dora.executions, stay(dora)?.until]).toEqual([1, stay(waiting)?.until]);
  // On a slow machine the wait ends before the command comes to this customer, who then completes the newer version.
  const moved = dora.migrations !== undefined;
  expect([dora.journeyVersion, path(dora)]).toEqual(
    moved ? [1, ["first", "kind", "stay", "thanks"]] : [2, ["greet", "kind", "stay", "thanks", "moved"]],
  );
  expect(await run.inbox(address("dora"))).toHaveLength(2);
});

test("a signal ends the wait of a customer who has moved", { timeout: 300_000 }, async () => {
  const listening = {
    ...journey,
    id: "listening",
    trigger: { event: "listened" },
    start: "order",
    components: { order: components.order, thanks: { type: "addTag", tags: ["old"] } },
  };
  expect(await run.stack.save(listening)).toMatchObject({ state: "published" });
  await run.untilFunctionsLookAgain();
  await run.stack.publish("listened", { id: "in-cleo", customerId: "cleo" });
  await is("cleo", "to wait for the order", ({ position }) => position.waiting?.token);
  const edit = { ...listening.components, thanks: { type: "addTag", tags: ["new"] } };
  expect(await run.stack.save({ ...listening, components: edit })).toMatchObject({ state: "published", version: 2 });
  const { exitCode, out } = await run.journeys("migrate", "listening", "--to", "2", "--yes");
  expect([exitCode, out.trim()]).toEqual([0, "✓ 1 customer inside listening moved to version 2."]);
  await run.stack.publish("ordered", { id: "order-cleo", customerId: "cleo" });
  await is("cleo", "to complete", ({ status }) => status === "completed");
  const profile = (await run.stack.customer("cleo")).find(({ sk }) => sk === "profile");
  expect(profile?.tags).toEqual(["new"]);
});
