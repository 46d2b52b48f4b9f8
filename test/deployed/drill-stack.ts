/** The stack of the operator's drill, and an operator's means: files, commands, `doctor`, and the functions themselves. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { Item } from "../../stack/deployed/stack.ts";
import { type Running, running } from "./running.ts";
import { until } from "./waiting.ts";

export const welcome = {
  id: "welcome",
  name: "Welcome",
  status: "active",
  trigger: { event: "signed.up", entry: "always" },
  start: "hello",
  components: {
    hello: { type: "sendTemplate", template: "hello", next: "rest" },
    rest: { type: "wait", for: "PT6H", next: "again" },
    again: { type: "sendTemplate", template: "again", next: "tag" },
    tag: { type: "addTag", tags: ["welcomed"] },
  },
};

const news = {
  id: "news",
  name: "News",
  status: "active",
  trigger: { event: "news.wanted", entry: "always" },
  start: "hello",
  components: {
    hello: { type: "sendTemplate", template: "hello", next: "rest" },
    rest: { type: "wait", for: "P9D", next: "again" },
    again: { type: "sendTemplate", template: "again" },
  },
};

/** With this many messages, five complaints are enough for SES to pause an account. */
export const CROWD = 100;
const offers = { ...news, id: "offers", name: "Offers", trigger: { event: "offers.wanted", entry: "always" } };

export let run: Running;

export async function openDrill(): Promise<void> {
  run = await running();
  for (const id of ["hello", "again"])
    await run.stack.put("TemplatesTableName", { id, channel: "email", class: "marketing", subject: id, text: id });
  for (const document of [welcome, news, offers])
    expect(await run.stack.save(document)).toMatchObject({ state: "published" });
  await run.untilFunctionsLookAgain();
}

export const signUp = (customerId: string, customer: unknown = { email: `${customerId}@mail.example` }) => ({
  id: `sign-up-${customerId}`,
  customerId,
  customer,
});
export const enters = (customerId: string) => run.stack.publish("signed.up", signUp(customerId));
export const becomes = (customerId: string, what: string, is: (enrollment: Enrollment) => unknown) =>
  until(`${customerId} ${what}`, async () => (await run.stack.enrollments(customerId)).find(is), {
    seconds: 90,
    instead: () => run.stack.enrollments(customerId),
  });
export const rests = (customerId: string) =>
  becomes(customerId, "to rest", ({ position }) => position.componentId === "rest" && position.waiting);

/** A file that an operator has at hand. */
export function file(name: string, content: unknown): string {
  const path = join(run.engine.folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

export async function command(...args: string[]): Promise<void> {
  const { exitCode, out, err } = await run.journeys(...args);
  expect({ exitCode, said: exitCode === 0 ? "" : out + err }).toEqual({ exitCode: 0, said: "" });
}

interface Diagnosis {
  readonly exitCode: number | null;
  /** The failing checks, in the order of `doctor`. */
  readonly findings: readonly { readonly area: string; readonly what: string; readonly doFirst: string }[];
}

export async function doctor(): Promise<Diagnosis> {
  const { exitCode, out } = await run.journeys("doctor", "--json");
  const { findings } = JSON.parse(out) as { findings: Item[] };
  return { exitCode, findings: findings.filter(({ state }) => state === "failing") as never };
}

/** `doctor` fails and finds this, and nothing else. */
export async function finds(area: string, doFirst: string, what = "") {
  const diagnosis = await until(`doctor to find ${area}`, async () => {
    const found = await doctor();
    return found.findings.length > 0 && found;
  });
  expect(diagnosis).toMatchObject({ exitCode: 1, findings: [{ area }] });
  expect(diagnosis.findings).toHaveLength(1);
  expect(diagnosis.findings[0]?.doFirst).toContain(doFirst);
  expect(diagnosis.findings[0]?.what).toContain(what);
}

export const isWell = async () => expect(await doctor()).toEqual({ exitCode: 0, findings: [] });

export async function lambda(method: string, path: string, body?: Item): Promise<Item> {
  const { endpoint, region, credentials } = run.engine.client;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20260101/${region}/lambda/aws4_request, SignedHeaders=host, Signature=0`;
  const response = await fetch(`${endpoint}/2015-03-31/functions/${path}`, {
    method,
    headers: { authorization },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(response.status).toBe(200);
  return (await response.json().catch(() => ({}))) as Item;
}

export async function nameOf(part: string): Promise<string> {
  const { Functions } = (await lambda("GET", "")) as { Functions: { FunctionName: string }[] };
  const name = Functions.find(({ FunctionName }) => FunctionName.includes(part))?.FunctionName;
  if (name === undefined) throw new Error(`There is no function ${part}.`);
  return name;
}
