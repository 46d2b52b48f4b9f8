/** Tries the attacks of `docs/security.md` that code prevents. `test/lib` asserts the policies. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { claimOf } from "../../lambdas/adapters/message-tags.ts";
import { recordMessageStatus } from "../../lambdas/app/messages/record-message-status.ts";
import { recipientOf, tokenFor } from "../../lambdas/domain/customer/unsubscribe-link.ts";
import { parseEvent } from "../../lambdas/domain/events/event.ts";
import { START, World } from "../app/world.ts";
import { journey } from "../behaviour/scenario-of.ts";
import { received } from "./received.ts";

const envelope = (more: object = {}, detail: object = {}) => ({
  id: "d",
  source: "shop",
  "detail-type": "start",
  time: START,
  detail: { customerId: "c-1", ...detail },
  ...more,
});

describe("an app that pretends to be the system", () => {
  test.each(["aws.ses", "aws.", "customer-journeys.", "customer-journeys-2"])(
    "source %s is refused",
    async (source) => {
      const { world, problems } = await received(JSON.stringify(envelope({ source })));
      expect(problems).toMatchObject([{ path: "source", message: expect.stringContaining("reserved") }]);
      expect([...world.store.all()]).toEqual([]);
    },
  );

  test("the members that only the system may set have no effect in an app's event", () => {
    const said = envelope({}, { hops: 7, system: true, emitted: true, deliveryId: "x", onceMore: true });
    const parsed = parseEvent(said, { now: START });
    expect(parsed).toMatchObject({ event: { hops: 0, system: false, deliveryId: "d" }, isRecheck: false });
  });
});

test("an app cannot take the id of an event that a journey is going to emit, or of customer.changed", async () => {
  const world = new World();
  const trigger = { where: { field: "customer.tier", operator: "exists" } };
  await world.publish(
    journey({ id: "k", trigger, components: { tag: { type: "addTag", tags: ["x"] } }, start: "tag" }),
  );
  await world.publish(journey({ components: { note: { type: "emitEvent", event: "noted" } } }));
  await world.enter({ changes: { tier: "gold" } });
  await world.run();
  for (const name of ["noted", "customer.changed"]) {
    const id = world.published.find((event) => event.name === name)?.id;
    const taken = parseEvent(envelope({ "detail-type": name }, { id }), { now: START });
    expect(taken).toMatchObject({ problems: [{ path: "detail.id", code: "reserved-id" }] });
    const own = parseEvent(envelope({ "detail-type": name, source: "customer-journeys" }, { id }), { now: START });
    expect(own).toMatchObject({ event: { id, system: true } });
  }
});

describe("a forged message.status", () => {
  const mailed = async () => {
    const world = new World();
    const read = { type: "messageStatusRule", message: "mail", status: "read", within: "P1D" };
    await world.publish(
      journey({ components: { mail: { type: "sendTemplate", template: "hello", next: "read" }, read } }),
    );
    const enrollment = await world.enter();
    await world.run();
    const [message] = (await world.only()).messages;
    return { world, enrollment, messageId: message?.messageId ?? "" };
  };

  test.each([
    ["about another customer's message", "c-2", (id: string) => id],
    ["about a message that was never sent", "c-1", (id: string) => id.replace(/-0$/, "-7")],
    ["about no message at all", "c-1", () => "x"],
    ["about a path", "c-1", () => "../profile-1"],
  ])("%s changes nothing", async (_, customerId, forge) => {
    const { world, messageId } = await mailed();
    const before = JSON.stringify([...world.store.all()].map((of) => [of.customer, [...of.enrollments.values()]]));
    for (const status of ["read", "bounced"] as const)
      await recordMessageStatus({ customerId, messageId: forge(messageId), status, time: START }, world.ports);
    expect(JSON.stringify([...world.store.all()].map((of) => [of.customer, [...of.enrollments.values()]]))).toBe(
      before,
    );
  });

  test("the tags of another system's mail name no customer", () => {
    expect(claimOf({})).toBeUndefined();
    expect(claimOf({ message: ["m"] })).toBeUndefined();
    expect(claimOf({ customer0: ["Yw"] })).toBeUndefined();
  });
});

describe("a forged unsubscribe link", () => {
  const secret = "s".repeat(32);
  const anybody = fc.string({ minLength: 1, maxLength: 128, unit: "grapheme" }).filter((id) => id.isWellFormed());

  test("names its own customer, and nobody when one character of it is changed", () => {
    const changed = fc.tuple(anybody, fc.nat(), fc.constantFrom("A", "b", "0", "-", "_", ".", "=", "é"));
    fc.assert(
      fc.property(changed, ([customerId, where, character]) => {
        const token = tokenFor({ customerId }, secret);
        expect(recipientOf(token, secret)).toEqual({ customerId });
        const at = where % token.length;
        const forged = token.slice(0, at) + character + token.slice(at + 1);
        // The last character of a signature has two bits that the decoder ignores.
        if (forged !== token && at < token.length - 1) expect(recipientOf(forged, secret)).toBeUndefined();
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  test.each([
    ["another secret", tokenFor({ customerId: "c-1" }, "other")],
    [
      "one customer's signature under another's name",
      `${tokenFor({ customerId: "c-2" }, secret).split(".")[0]}.${tokenFor({ customerId: "c-1" }, secret).split(".")[1]}`,
    ],
    ["no signature", tokenFor({ customerId: "c-1" }, secret).split(".")[0] ?? ""],
    ["an empty signature", `${tokenFor({ customerId: "c-1" }, secret).split(".")[0]}.`],
    ["more parts", `${tokenFor({ customerId: "c-1" }, secret)}.x`],
    ["nothing", ""],
    ["a mebibyte", "a.".repeat(524_288)],
  ])("with %s: nobody", (_, token) => expect(recipientOf(token, secret)).toBeUndefined());
});
