/**
 * The translation of DynamoDB's errors. After a conflict the caller decides again, after a throttle it waits, and after
 * a permanent error it gives up. An error of the wrong class would be retried for ever, or never.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { ConflictError, PermanentError, ThrottledError } from "../../lambdas/app/errors.ts";
import type { Change } from "../../lambdas/app/store.ts";
import { journeyOf, NOW } from "../domain/enrolled.ts";
import { type AllPorts, everyCall } from "./calls.ts";
import { counts, customer, enrollment, entry, event, sends } from "./world/given.ts";
import { dynamodbWorld, type OnDynamoDB } from "./world/ports.ts";
import { type ServiceError, whileFailing } from "./world/wire.ts";

const cancelled = (...codes: readonly (string | readonly [code: string, message: string])[]): ServiceError => ({
  name: "TransactionCanceledException",
  more: {
    CancellationReasons: codes.map((reason) =>
      typeof reason === "string" ? { Code: reason } : { Code: reason[0], Message: reason[1] },
    ),
  },
});

type ErrorClass = typeof ConflictError | typeof ThrottledError | typeof PermanentError;

const translations: readonly [what: string, error: ServiceError, becomes: ErrorClass, says?: RegExp][] = [
  ["a condition that does not hold", { name: "ConditionalCheckFailedException" }, ConflictError],
  ["a write that meets a transaction", { name: "TransactionConflictException" }, ConflictError],
  ["a transaction with a condition that does not hold", cancelled("None", "ConditionalCheckFailed"), ConflictError],
  ["a transaction that meets another", cancelled("TransactionConflict", "None"), ConflictError],
  ["a transaction that conflicts and is throttled", cancelled("ThrottlingError", "TransactionConflict"), ConflictError],
  [
    "a transaction that conflicts and is refused",
    cancelled("ValidationError", "None", "ConditionalCheckFailed"),
    ConflictError,
  ],
  ["more requests than the table accepts", { name: "ProvisionedThroughputExceededException" }, ThrottledError],
  ["more requests than the account allows", { name: "RequestLimitExceeded" }, ThrottledError],
  ["a throttled request", { name: "ThrottlingException" }, ThrottledError],
  ["a throttled transaction", cancelled("None", "ThrottlingError"), ThrottledError],
  ["a transaction beyond what the table accepts", cancelled("ProvisionedThroughputExceeded"), ThrottledError],
  ["an invalid request", { name: "ValidationException" }, PermanentError, /refused it: ValidationException$/],
  [
    "an invalid transaction, with each code once",
    cancelled(["ValidationError", "Too large."], ["ValidationError", "Too large."], ["None", ""]),
    PermanentError,
    /refused it: ValidationError$/,
  ],
  [
    "a transaction that is refused without a reason",
    cancelled("None", "ValidationError"),
    PermanentError,
    /ValidationError/,
  ],
  [
    "a customer whose items take too much space, in a transaction",
    cancelled("ItemCollectionSizeLimitExceeded"),
    PermanentError,
  ],
  ["a customer whose items take too much space", { name: "ItemCollectionSizeLimitExceededException" }, PermanentError],
];

const others = ["InternalServerError", "ResourceNotFoundException", "AccessDeniedException"];

const FULL = "x".repeat(410_000);

/** Writes that DynamoDB refuses. The emulator itself refuses them, alone and in a transaction. */
const refused: readonly [what: string, change: Change][] = [
  ["a customer of more than 400 KB", customer(1, { attributes: { FULL } })],
  ["an event of more than 400 KB", event("a", { data: { FULL } })],
  ["an enrollment of more than 400 KB", enrollment(1, { reason: FULL })],
  ["a send log of more than 400 KB", sends(1, [{ messageId: FULL, class: "marketing", at: NOW }])],
  ["a number that is too large for the database", customer(1, { attributes: { n: 1e300 } })],
  ["an event's id of more than a kilobyte", event("x".repeat(1100))],
  ["a customer's id of more than two kilobytes", customer(1, { customerId: "x".repeat(2049) })],
];

const withPace = (world: OnDynamoDB): AllPorts => ({ ...world, pace: world.pace(4) });

export function describeErrors(): void {
  let world: OnDynamoDB;
  beforeAll(async () => {
    world = await dynamodbWorld(60_000);
    const journey = journeyOf({});
    await world.journeys.freeze(journey, 1);
    const publication = { state: "published", version: 1, at: NOW, problems: [] } as const;
    await world.journeys.publish("j", { version: 1, journey }, publication);
  });

  test.each(translations)("%s", async (_, error, becomes, says = /./) => {
    const { store } = world;
    const commit = () => store.commit([event("a"), entry(1)]);
    const failure = await whileFailing(() => error, commit).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(becomes);
    expect(failure).toMatchObject({ message: expect.stringMatching(says), cause: { name: error.name } });
  });

  test.each(others)("%s is thrown unchanged, so that the caller retries", async (name) => {
    const { store } = world;
    await expect(
      whileFailing(
        () => ({ name }),
        () => store.commit([event("a")]),
      ),
    ).rejects.toMatchObject({ name });
  });

  test.each(everyCall)("%s, throttled, throws ThrottledError, and works afterwards", async (_, call) => {
    const ports = { ...withPace(world), ...world.another() };
    const throttled = { name: "ProvisionedThroughputExceededException" };
    await expect(
      whileFailing(
        () => throttled,
        () => call(ports),
      ),
    ).rejects.toThrow(ThrottledError);
    await call(ports);
  });

  test("a throttle in the middle of a call throws ThrottledError too", async () => {
    const { store, journeys, saveDocument } = await dynamodbWorld();
    await store.commit([event("a"), entry(1)]);
    await saveDocument("j");
    const throttling = (api: string) => (request: { readonly api: string }) =>
      request.api === api ? { name: "ThrottlingException" } : undefined;
    await expect(whileFailing(throttling("BatchWriteItem"), () => store.erase("c-1", "9"))).rejects.toThrow(
      ThrottledError,
    );
    const publication = { state: "rejected", version: 0, at: "", problems: [] } as const;
    const publish = () => journeys.publish("j", undefined, publication);
    await expect(whileFailing(throttling("UpdateItem"), publish)).rejects.toThrow(ThrottledError);
  });

  describe("a write that DynamoDB refuses throws PermanentError and stores nothing", () => {
    test.each(refused)("%s", async (_, change) => {
      const world = await dynamodbWorld();
      const was = await world.everything();
      for (const changes of [[change], [counts({ entered: 1 }), change]])
        await expect(world.store.commit(changes)).rejects.toThrow(PermanentError);
      expect(await world.everything()).toEqual(was);
    });

    test("more than a hundred changes", async () => {
      const world = await dynamodbWorld();
      const changes = Array.from({ length: 101 }, (_, n) => event(`e-${n}`));
      await expect(world.store.commit(changes)).rejects.toThrow(PermanentError);
      expect(await world.store.events("c-1", "visit", "")).toEqual([]);
      await world.store.commit(changes.slice(1));
      expect(await world.store.events("c-1", "visit", "")).toHaveLength(100);
    });

    test("two changes of one item", async () => {
      const world = await dynamodbWorld();
      await expect(world.store.commit([event("a"), event("a")])).rejects.toThrow(PermanentError);
      expect(await world.store.event("c-1", "a")).toBeUndefined();
    });
  });
}
