/**
 * Closed sets of the code that people read about: a new channel, reason, counter or index does not pass undocumented.
 */
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { remains } from "../../cli/erase/remains.ts";
import { counterName, parseCounterName } from "../../lambdas/domain/counters/counter-name.ts";
import { isSystemEvent, type SystemEventName } from "../../lambdas/domain/events/system-events.ts";
import { MESSAGE_RECEIVED } from "../../lambdas/domain/inbound/message-received.ts";
import { channels } from "../../lambdas/domain/messages/channel.ts";
import { notMovedReasons } from "../../lambdas/domain/migration/not-moved.ts";
import { reasonTexts } from "../../lambdas/domain/reasons/reason-text.ts";
import { defaultStack } from "../lib/stack.ts";
import { rowsUnder } from "./tables.ts";

const read = (name: string) => readFileSync(`docs/${name}.md`, "utf8");
const pages = ["journey-format", "messages"].map(read).join("\n");

test.each(Object.keys(reasonTexts))("the reason %s is on a page for admins", (reason) => {
  expect(pages.includes(`\`${reason}\``)).toBe(true);
});

test("the page about migration has a row for each reason for which a customer stays", () => {
  const rows = rowsUnder(read("migration"), "| reason | the customer stays because |");
  expect(rows.map(([reason = ""]) => reason).sort()).toEqual(notMovedReasons.map((each) => `\`${each}\``).sort());
});

test.each(channels)("the channel %s is on the page about messages", (channel) => {
  expect(read("messages").includes(`\`${channel}\``)).toBe(true);
});

/** Every text that a schema allows in a closed list, such as `once`, `sendTemplate` or `greaterThan`. */
function allowedWords(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(allowedWords);
  if (typeof schema !== "object" || schema === null) return [];
  const { enum: list, const: only } = schema as { enum?: unknown; const?: unknown };
  const words = [list, only].flat().filter((word) => typeof word === "string");
  return [...words, ...Object.values(schema).flatMap(allowedWords)];
}

test("every word that a document may hold in a closed list is on a page for admins", () => {
  const words = globSync("schema/*.json").flatMap((file) => allowedWords(JSON.parse(readFileSync(file, "utf8"))));
  expect(words).toEqual(expect.arrayContaining(["once", "sendTemplate", "greaterThan"]));
  const missing = words.filter((word) => ![`\`${word}\``, `"${word}"`].some((written) => pages.includes(written)));
  expect(missing).toEqual([]);
});

test("every counter scope has a row in the table of counters, and every row is a counter's name", () => {
  const rows = rowsUnder(read("journey-format"), "| counter | counts |").flatMap(([names = ""]) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name.replace("STATUS", "read")),
  );
  const documented = rows.map((name) => parseCounterName(name));
  expect(documented.map((counter) => counter && counterName(counter))).toEqual(rows);
  // The scope does not compile until it is a member here; `erased` belongs to recount, and `note` to no journey.
  const scopes: Record<Exclude<NonNullable<(typeof documented)[number]>["scope"], "erased" | "note">, true> = {
    journey: true,
    ending: true,
    goal: true,
    component: true,
    message: true,
    byApp: true,
  };
  expect(new Set(documented.map((counter) => counter?.scope))).toEqual(new Set(Object.keys(scopes)));
});

test("the page about events lists the events that the stack publishes, and no page about them has another name", () => {
  // An app publishes the two events that are excluded here.
  const published: Record<Exclude<SystemEventName, "customer.deleted" | "message.status">, true> = {
    "journey.entered": true,
    "journey.completed": true,
    "journey.exited": true,
    "journey.failed": true,
    "goal.reached": true,
    "message.sent": true,
    "message.skipped": true,
    "message.requested": true,
    "customer.changed": true,
  };
  const rows = rowsUnder(read("events"), "## What the stack publishes").map(([name = ""]) => name);
  expect(rows).toEqual([...Object.keys(published).map((name) => `\`${name}\``), "any name in `emitEvent`"]);
  const named = ["events", "protocols"].flatMap((page) => [
    ...read(page).matchAll(/`((?:goal|journey|message)\.\w+)`/g),
  ]);
  // A message of a customer is an event that journeys listen to, and that nobody publishes.
  const isKnown = (name: string) => isSystemEvent(name) || name === MESSAGE_RECEIVED;
  expect(named.map(([, name = ""]) => name).filter((name) => !isKnown(name))).toEqual([]);
});

test("every index of a table is in the data model of the page for developers", () => {
  const indexes = defaultStack()
    .ofType("AWS::DynamoDB::Table")
    .flatMap(({ properties: { GlobalSecondaryIndexes, LocalSecondaryIndexes } }) =>
      [GlobalSecondaryIndexes, LocalSecondaryIndexes].flatMap((of) => (of ?? []) as { IndexName: string }[]),
    )
    .map(({ IndexName }) => IndexName);
  expect(indexes.length).toBeGreaterThan(2);
  const page = read("development");
  expect(indexes.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test("the page about operations lists what an erasure leaves, as the command does", () => {
  const rows = rowsUnder(read("operations"), "### What an erasure leaves");
  expect(rows).toEqual(remains.map(({ place, what, until, remove }) => [place, what, until, remove]));
});
