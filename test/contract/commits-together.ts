/** Commits of nothing, of several customers, and at the same time. */
import { expect, test } from "vitest";
import { ConflictError } from "../../lambdas/app/errors.ts";
import type { Change } from "../../lambdas/app/store.ts";
import { withSend } from "../../lambdas/domain/messages/send-log.ts";
import { LATER } from "../domain/enrolled.ts";
import { counts, customer, enrollment, entry, event, send, sends } from "./world/given.ts";
import type { MakeWorld } from "./world/ports.ts";

export function describeCommitsTogether(make: MakeWorld): void {
  test("a commit of nothing stores nothing", async () => {
    const world = await make();
    const was = await world.everything();
    await world.store.commit([]);
    expect(await world.everything()).toEqual(was);
  });

  test("one commit changes all of several customers, or none", async () => {
    const { store } = await make();
    const [ann, bob] = [event("a"), event("b", { customerId: "c-2" })];
    await store.commit([ann, bob]);
    expect([await store.event("c-1", "a"), await store.event("c-2", "b")]).not.toContain(undefined);
    await expect(store.commit([event("c"), bob])).rejects.toThrow(ConflictError);
    expect(await store.event("c-1", "c")).toBeUndefined();
  });

  test.each<[string, Change]>([
    ["a customer", customer(1)],
    ["a send log", sends(1)],
    ["an enrollment", enrollment(1)],
    ["an entry", entry(1)],
    ["an event", event("a")],
  ])("one of eight simultaneous commits of %s is stored", async (_, change) => {
    const { store, breakers } = await make();
    const alone = await Promise.allSettled(Array.from({ length: 4 }, () => store.commit([change])));
    const counted = Array.from({ length: 4 }, () => store.commit([change, counts({ entered: 1 })]));
    const all = [...alone, ...(await Promise.allSettled(counted))];
    const refused = all.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(refused).toHaveLength(7);
    for (const error of refused) expect(error).toBeInstanceOf(ConflictError);
    expect((await breakers.counts("j")).entered).toBeUndefined();
  });

  test("messages that are claimed at the same time are all in the send log", async () => {
    const { store } = await make();
    const claim = async (messageId: string): Promise<void> => {
      const log = withSend(await store.sendLog("c-1"), send(LATER, messageId));
      await store.commit([{ kind: "sends", sends: log }, counts({ sent: 1 }, messageId)]).catch((error) => {
        if (!(error instanceof ConflictError)) throw error;
        return claim(messageId);
      });
    };
    const messages = ["a", "b", "c", "d", "e", "f"];
    await Promise.all(messages.map(claim));
    const { sends: log, revision } = await store.sendLog("c-1");
    expect(log.map(({ messageId }) => messageId).sort()).toEqual(messages);
    expect(revision).toBe(6);
  });
}
