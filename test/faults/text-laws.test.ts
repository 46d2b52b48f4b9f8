/** The laws of text channels and answers detect what a test breaks on purpose. */
import { describe, expect, test } from "vitest";
import type { Change } from "../../lambdas/app/store.ts";
import { conversationOf, unknownAddress } from "../../lambdas/domain/customer/address-facts.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import { MemoryStore } from "../../simulator/memory-store.ts";
import { broken, quiet } from "./quiet-schedule.ts";
import type { Schedule } from "./schedules.ts";
import type { Reply, TextChannel } from "./texts/inbound.ts";
import { templates } from "./texts/random-texts.ts";
import type { FaultWorld } from "./world.ts";

const phone = "+491713920001";
const reply: Reply = { nth: 0, seconds: 60, text: "YES", lag: 0, names: false };

const send = (template: string, next?: string) => ({ type: "sendTemplate", template, ...(next && { next }) });

/** Two messages of a journey, a day apart. The customers `p` and `q` have the same number. An answer starts a journey. */
function talking(
  replies: readonly Reply[],
  { kind = "sms", says = [] }: { kind?: string; says?: Said[] } = {},
): Schedule {
  const two = {
    ...{ id: "two", name: "Two", status: "active", trigger: { event: "a", entry: "once" }, start: "first" },
    components: {
      first: send(`t-0-${kind}`, "rest"),
      rest: { type: "wait", for: "P1D", next: "second" },
      second: send(`t-0-${kind}`),
    },
  };
  const answering = {
    ...{ id: "answering", name: "Answering", status: "active", start: "tag" },
    trigger: { event: "message.received", entry: "always" },
    components: { tag: { type: "addTag", tags: ["x"], next: "rest" }, rest: { type: "wait", for: "PT1H" } },
  };
  const events = [{ at: "2026-03-25T00:00:00Z", event: "a", id: "1", customerId: "p" }];
  const customers = ["p", "q"].map((customerId) => ({ customerId, phone }));
  return {
    ...quiet,
    texts: { replies, outcomes: ["taken"], says: says.map((said) => ({ ...said, number: phone, lag: 0 })) },
    scenario: { journeys: [two, answering], templates, customers, events },
  };
}

interface Said {
  readonly at: string;
  readonly channel: TextChannel;
  readonly text: string;
}

const later = (world: FaultWorld, spoil: () => unknown) => world.scheduler.at("2026-03-26T20:00:00.000Z", spoil);

describe("the laws detect", () => {
  test.each([
    ["an answer by SMS", talking([reply])],
    ["an answer that names its message by SMS", talking([{ ...reply, names: true }])],
    ["an answer that names its message by WhatsApp", talking([{ ...reply, names: true }], { kind: "approved" })],
    ["STOP", talking([{ ...reply, text: "STOP", again: 300 }])],
    ["an answer beside what nobody can read", talking([{ ...reply, poison: true }], { kind: "approved" })],
    ["a text message after one that nobody can read", talking([{ ...reply, poison: true }])],
  ])("nothing in %s", async (_, schedule) => expect(await broken(() => {}, schedule)).toBe(""));

  test("a message that no function handles", async () => {
    const seen = await broken(
      (world) => {
        world.ledger.texts.handle = () => {};
      },
      talking([reply]),
    );
    expect(seen).toContain("in-0 is not handled");
  });

  test("a message without a decision", async () => {
    const seen = await broken(
      (world) => {
        world.ledger.texts.changing = async () => () => {};
      },
      talking([reply]),
    );
    expect(seen).toContain("in-0 found its customer, and nothing is decided");
  });

  test("a STOP that is forgotten", async () => {
    const isStop = (change: Change) =>
      change.kind === "customer" && change.customer.attributes.unsubscribedChannels !== undefined;
    const forgetful = (change: Change): Change =>
      change.kind === "address" ? { ...change, facts: { ...change.facts, stopped: {} } } : change;
    const seen = await broken(
      (world) => {
        const { commit } = MemoryStore.prototype;
        world.store.commit = (changes) =>
          commit.call(world.store, changes.filter((change) => !isStop(change)).map(forgetful));
      },
      talking([{ ...reply, text: "STOP" }]),
    );
    expect(seen).toContain("in-0 stopped sms, and not for p");
    expect(seen).toMatch(/was sent to p after in-0/);
    expect(seen).toContain("was sent to p after a STOP at 2026-03-25T00:01:00.000Z");
  });

  test("a message that is decided a second time, and an event that lets two customers in", async () => {
    const seen = await broken(
      (world) => {
        const { addressFacts } = MemoryStore.prototype;
        world.store.addressFacts = async (address) => {
          const facts = await addressFacts.call(world.store, address);
          return { ...facts, conversation: { ...conversationOf(facts), received: [] } };
        };
        later(world, async () => {
          const entered = (await world.store.enrollments("p")).find(({ journeyId }) => journeyId === "answering");
          const copy = { ...(entered as Enrollment), customerId: "q", enrollmentId: "copy", revision: 1 };
          await world.store.commit([{ kind: "enrollment", enrollment: copy }]);
        });
      },
      talking([{ ...reply, again: 300 }]),
    );
    expect(seen).toContain("in-0 was decided 2 times");
    expect(seen).toContain("in-0 let customers in 2 times");
  });

  test.each([
    [19, "in-0 was decided 2 times"],
    [20, ""],
  ])("a message that is decided again after %i others: %j", async (others, said) => {
    const seen = await broken(
      (world) => {
        const { decisions } = world.ledger.texts;
        later(world, () => {
          const [decision] = decisions;
          if (!decision) throw new Error("Nothing is decided.");
          for (let each = 1; each <= others; each += 1)
            decisions.push({ ...decision, id: `other-${each}`, place: decision.place + each });
          decisions.push({ ...decision, place: decision.place + others + 1 });
        });
      },
      talking([reply]),
    );
    expect(seen).toContain(said);
    if (said === "") expect(seen).toBe("");
  });

  test("a message that goes to a customer with another number, and answers a message to this number", async () => {
    const seen = await broken(
      (world) => {
        const { decisions } = world.ledger.texts;
        later(world, () => {
          const [decision] = decisions;
          if (!decision) throw new Error("Nothing is decided.");
          const listed = [{ customerId: "r", number: "+491713920002", off: [] }];
          const answered = decision.answered && {
            ...decision.answered,
            addressHash: "another",
            channel: "email" as const,
          };
          decisions.push({ ...decision, customerId: "r", listed, answered });
          decisions.push({ ...decision, address: "another" });
        });
      },
      talking([reply]),
    );
    expect(seen).toContain("in-0 went to r, who has another number");
    expect(seen).toMatch(/in-0 answers .* to another number/);
    expect(seen).toMatch(/in-0 answers .* of another channel/);
    expect(seen).toContain("in-0 is stored with another number");
  });

  test("an answer that is not noted with its message", async () => {
    const seen = await broken(
      (world) => {
        const { commit } = MemoryStore.prototype;
        world.store.commit = async (changes) =>
          JSON.stringify(changes).includes('"replied"') ? undefined : commit.call(world.store, changes);
      },
      talking([reply]),
    );
    expect(seen).toMatch(/was answered at undefined, not at 2026-03-25T00:01:00.000Z/);
  });

  test("a conversation that names a customer without the number", async () => {
    const seen = await broken((world) => {
      later(world, () => {
        const conversation = { customers: ["r"], messages: [], received: [] };
        return world.store.commit([
          { kind: "address", facts: { ...unknownAddress("address"), conversation, revision: 1 } },
        ]);
      });
    }, talking([]));
    expect(seen).toContain("r is named and has another number");
  });

  test("a text by WhatsApp that nobody has asked for", async () => {
    const asked: Said[] = [{ at: "2026-03-24T00:00:00.000Z", channel: "whatsapp", text: "Hi" }];
    const schedule = talking([], { kind: "chat", says: asked });
    expect(await broken(() => {}, schedule)).toBe("");
    const seen = await broken((world) => {
      const { addressFacts } = MemoryStore.prototype;
      world.store.addressFacts = async (address) => ({
        ...(await addressFacts.call(world.store, address)),
        inboundAt: { whatsapp: world.scheduler.now() },
      });
    }, schedule);
    expect(seen).toMatch(/was sent outside of the 24 hours/);
  });

  test("a machine and a journey that answer each other for ever", async () => {
    const { scenario, ...schedule } = talking([{ ...reply, nth: "every", seconds: 1500 }]);
    const [two, answering] = scenario.journeys ?? [];
    const thanking = { ...answering, start: "thank", components: { thank: send("t-1-sms") } };
    const machines = { ...schedule, scenario: { ...scenario, journeys: [two, thanking] as Record<string, unknown>[] } };
    expect(await broken(() => {}, machines)).toBe("");
    const seen = await broken((world) => {
      const { entry } = MemoryStore.prototype;
      world.store.entry = async (...about) => {
        const { automatic: _, ...stored } = (await entry.call(world.store, ...about)) ?? {};
        return "count" in stored ? (stored as Awaited<ReturnType<MemoryStore["entry"]>>) : undefined;
      };
    }, machines);
    expect(seen).toContain("p entered answering more than 40 times in a day");
  });
});
