/**
 * `remake.ts` copies this file into an earlier release and runs it there as a test. It lets customers enter and wait at
 * every kind of place, and writes all items to the file ITEMS. It uses only what that release has.
 */
import { writeFileSync } from "node:fs";
import { test } from "vitest";
import { brief } from "../behaviour/scenario-of.ts";
import { published, reported } from "../wired/aws/deliveries.ts";
import { cutConnection } from "../wired/aws/loopback.ts";
import { entered, visited, waiting } from "../wired/visitors.ts";

const parking = brief({
  id: "parks",
  trigger: { event: "park" },
  components: { day: { type: "wait", for: "PT1M", next: "tag" }, tag: { type: "addTag", tags: ["after"] } },
  start: "day",
});

test("the items of this release", async () => {
  const stack = await visited({}, 1);
  const follow = () => stack.follow("exit-evaluator");
  await stack.save(parking);

  await entered(stack, "new");
  const { tags: mail } = await waiting(stack, "reading");

  const answering = async (customerId: string) => {
    const { ids, tags } = await waiting(stack, customerId);
    await stack.deliver("message-status", reported("Open", tags, { open: {} }));
    await stack.call("advance", ids);
    await stack.call("await-signal", { ...ids, visit: 4, token: `second token of ${customerId}` });
    return ids;
  };
  await answering("answering");
  const staying = await answering("staying");
  await stack.deliver("trigger-matcher", published("said.yes", { customerId: "staying", id: "yes-1" }));
  await follow();
  await stack.call("advance", staying);

  const claimed = await entered(stack, "claimed");
  stack.aws.fail("SendEmail", cutConnection);
  await stack.attempt("advance", claimed).catch(() => {});

  await waiting(stack, "left");
  await stack.deliver("trigger-matcher", published("leave", { customerId: "left", id: "leave-1" }));
  await follow();

  await stack.deliver(
    "trigger-matcher",
    published("signed.up", { customerId: "vip", id: "vip-1", customer: { plan: "vip" } }),
  );
  await follow();
  const changed = stack
    .entries()
    .find(({ DetailType, Detail }) => DetailType === "customer.changed" && String(Detail).includes('"vip"'));
  await stack.deliver(
    "trigger-matcher",
    published("customer.changed", JSON.parse(String(changed?.Detail)), { source: "customer-journeys" }),
  );

  await stack.deliver("trigger-matcher", published("park", { customerId: "parked", id: "park-1" }));
  const [parked] = stack.executions().filter(({ customerId }) => customerId === "parked");
  await stack.save({ ...parking, status: "held" });
  await stack.restart({ SENDER: JSON.stringify({ from: "Shop <hello@shop.example>" }) }, ["advance", "await-signal"]);
  await stack.call("advance", parked);
  await stack.call("await-signal", { ...parked, visit: -1, token: "token of parked" });

  const names = ["the-journeys", "the-templates", "the-customers", "the-counters"];
  const tables = Object.fromEntries(names.map((name) => [name, stack.tables.items(name)]));
  writeFileSync(String(process.env.ITEMS), JSON.stringify({ at: new Date().toISOString(), mail, tables }));
  await stack.stop();
});
