/**
 * Journey format §2 and §1.2: an event is its id together with its name, and a key is a value of a JSON type. However
 * alike two ids or keys look, they are two; and however often an event comes, it is one.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { entryKey, eventKey } from "../../lambdas/adapters/dynamodb/customer-items.ts";
import { matchEvent } from "../../lambdas/app/entry/match-event.ts";
import { keyOf } from "../../lambdas/domain/enrollment/key.ts";
import { parseEvent } from "../../lambdas/domain/events/event.ts";
import { storedId } from "../../lambdas/domain/values/event-identity.ts";
import { parseJson } from "../../lambdas/domain/values/parse-json.ts";
import { START, World } from "../app/world.ts";
import { brief } from "../behaviour/scenario-of.ts";
import { long, runs } from "./runs.ts";

const names = ["start", "Start", "start.2", "s"];
/** Ids that look like parts of a stored key, like each other, or like members of an object. */
const id = fc.oneof(
  fc.constantFrom("e", "E", "start e", "e ", " e", "event#e", "~e", "start", "__proto__", "constructor", "1", "01"),
  fc.constantFrom("é", "e\u0301", "😀", "ä".repeat(128), "a".repeat(256)),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }).filter((text) => /^[^\p{C}]+$/u.test(text)),
);
const identity = fc.record({ id, name: fc.constantFrom(...names) });

test("each event enters once for each id and name, however often it is delivered", long, () =>
  fc.assert(
    fc.asyncProperty(fc.array(identity, { minLength: 1, maxLength: 8 }), async (published) => {
      const world = new World();
      for (const [index, name] of names.entries())
        await world.publish(brief({ id: `j-${index}`, trigger: { event: name, entry: "always" } }));
      for (const [index, { id, name }] of [...published, ...published].entries()) {
        const detail = { id, customerId: "c-1", time: START, data: { n: `${name} ${id}` } };
        const parsed = parseEvent(
          { id: `d-${index}`, source: "shop", "detail-type": name, time: START, detail },
          { now: START },
        );
        if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
        await matchEvent(parsed.event, world.ports);
      }
      await world.run();
      const distinct = new Map(published.map(({ id, name }) => [JSON.stringify([id, name]), { id, name }]));
      const enrollments = await world.store.enrollments("c-1");
      expect(enrollments.map(({ trigger }) => `${trigger.name} ${trigger.eventId}`).sort()).toEqual(
        [...distinct.values()].map(({ id, name }) => `${name} ${id}`).sort(),
      );
      expect(world.reasons()).toEqual(Array(2 * published.length - distinct.size).fill("duplicate-event"));
      for (const name of names)
        for (const event of await world.store.events("c-1", name, ""))
          expect(event.data).toEqual({ n: `${name} ${event.id}` });
    }),
    runs(15),
  ),
);

test("no two stored events share a key of the table", long, () => {
  const stored = fc.record({
    id,
    name: fc.constantFrom(...names),
    sharesId: fc.constantFrom(undefined, true as const),
  });
  fc.assert(
    fc.property(stored, stored, (one, other) => {
      const [a, b] = [one, other].map((each) => eventKey(storedId(each)));
      const isSame =
        one.id === other.id && one.sharesId === other.sharesId && (!one.sharesId || one.name === other.name);
      expect(a === b).toBe(isSame);
      expect(Buffer.byteLength(a ?? "")).toBeLessThanOrEqual(1024);
    }),
    runs(500),
  );
});

/** As apps write keys: the text of the JSON. */
const key = fc.oneof(
  fc.constantFrom(
    "1",
    '"1"',
    "1.0",
    "01".slice(1),
    '"01"',
    "true",
    '"true"',
    "false",
    "0",
    "-0",
    '""',
    "1e0",
    '"e\u0301"',
    '"é"',
  ),
  fc.constantFrom(
    "9007199254740993",
    "9007199254740992",
    "9007199254740994",
    "12345678901234567890",
    "12345678901234567891",
  ),
  fc.constantFrom(
    "null",
    "{}",
    "[]",
    '["1"]',
    '{"a":1}',
    `"${"x".repeat(256)}"`,
    `"${"x".repeat(257)}"`,
    `"${"ä".repeat(129)}"`,
  ),
  fc.string({ maxLength: 20 }).map((text) => JSON.stringify(text)),
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
);

/** A number of DynamoDB has at most this size. */
const isStorable = (value: number) => value === 0 || (Math.abs(value) < 1e126 && Math.abs(value) >= 1e-130);

/** What a key means: numbers as exact decimals, texts as themselves; `undefined` when there is no usable key. */
function meaning(text: string): string | undefined {
  const value: unknown = JSON.parse(text);
  if (value === null || typeof value === "object") return undefined;
  if (typeof value === "string") return Buffer.byteLength(value) > 256 ? undefined : JSON.stringify(value);
  if (typeof value === "number" && !isStorable(value)) return undefined;
  return typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(text)
    ? JSON.stringify(text)
    : JSON.stringify(value);
}

const read = (text: string) => keyOf("event.k", parseJson(`{"k":${text}}`) as { k: string });

test("entry rules count two keys apart exactly if they are two values", long, () => {
  fc.assert(
    fc.property(key, key, (one, other) => {
      const [a, b] = [read(one), read(other)];
      expect(a.key === undefined).toBe(meaning(one) === undefined);
      if (a.key === undefined || b.key === undefined) return;
      const [stored, storedOther] = [entryKey("j", a.key), entryKey("j", b.key)];
      expect(stored === storedOther).toBe(meaning(one) === meaning(other));
      expect(Buffer.byteLength(stored)).toBeLessThanOrEqual(1024);
    }),
    runs(1_000),
  );
});
