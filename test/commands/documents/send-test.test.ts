/** `render --send-to`: the message of a customer goes to the person who edits the template, and changes nothing. */
import { describe, expect, test } from "vitest";
import { addressHash } from "../../../lambdas/domain/customer/address-mark.ts";
import type { MemoryStack } from "../memory-stack/stack.ts";
import { answer, command } from "../on-stack.ts";
import { cart, happens, letter, save, shop } from "../shop.ts";

const sender = { from: "Shop <hello@shop.example>" };
const line = "render hello --customer ada --journey cart --send-to me@office.example".split(" ");

async function sending() {
  const stack = await shop();
  await save(stack, { ...cart, sender });
  return stack;
}

/** Everything that is stored about customers, with all counts. */
async function stored(stack: MemoryStack) {
  const customers = await Promise.all(["ada", "ben", "eve"].map((id) => stack.customer(id)));
  return JSON.stringify([customers, await stack.counts("cart")]);
}

test("the mail is the customer's, to another address, and its subject says that it is a test", async () => {
  const stack = await sending();
  const before = await stored(stack);
  const { exitCode, out, err } = await command(stack, line);
  expect([exitCode, err]).toEqual([0, "✓ Sent to me@office.example as a test. The test counts for no customer."]);
  expect(out).toContain("Subject: [Test] Hello ada");
  expect(stack.tested).toMatchObject([
    { to: "me@office.example", from: sender.from, subject: "[Test] Hello ada", html: expect.stringContaining("Hello") },
  ]);
  expect(stack.tested[0]).not.toHaveProperty("unsubscribeUrl");
  expect(await stored(stack)).toBe(before);
  expect((await answer(stack, line)).json).toMatchObject({ ok: true, message: { to: "me@office.example" } });
});

test("a journey without a sender needs --from", async () => {
  const stack = await shop();
  const { exitCode, err } = await command(stack, line);
  expect([exitCode, err, stack.tested]).toEqual([2, expect.stringMatching(/names no sender/), []]);
  expect((await command(stack, [...line, "--from", "me@shop.example"])).exitCode).toBe(0);
  expect(stack.tested).toMatchObject([{ from: "me@shop.example" }]);
});

test.each([
  ["two lines", "me@shop.example\r\nBcc: eve@mail.example"],
  ["two addresses", "me@shop.example, eve@mail.example"],
  ["a name with a line of its own", "Me\nBcc: eve@mail.example <me@shop.example>"],
  ["no address", "me"],
])("a sender of %s sends nothing", async (_, from) => {
  const stack = await shop();
  const { exitCode, err } = await command(stack, [...line, "--from", from]);
  expect([exitCode, err, stack.tested]).toEqual([2, expect.stringMatching(/is not an address/), []]);
});

describe("nothing is sent", () => {
  const hash = async (stack: MemoryStack) => addressHash("me@office.example", await stack.addressKey());
  test.each<[string, (stack: MemoryStack) => Promise<unknown>, readonly string[], number, RegExp]>([
    ["to what is no address", async () => {}, ["--send-to", "me"], 2, /"me" is not an email address/],
    [
      "to two addresses",
      async () => {},
      ["--send-to", "a@b.example,c@d.example"],
      2,
      /"a@b\.example,c@d\.example" is not an email address/,
    ],
    [
      "to an address that bounced",
      async (stack) => {
        const address = await stack.ports.store.addressFacts(await hash(stack));
        const bounced = {
          ...address,
          reports: { bounced: "2026-01-05T10:00:00.000Z" },
          revision: address.revision + 1,
        };
        await stack.ports.store.commit([{ kind: "address", facts: bounced }]);
      },
      [],
      1,
      /would not get the message: .*bounced/,
    ],
    [
      "of a customer who has unsubscribed",
      (stack) => happens(stack, "app.opened", { customerId: "ada", id: "opened", customer: { unsubscribed: true } }),
      [],
      1,
      /would not get the message: .*unsubscribed/,
    ],
    [
      "when the mail service refuses it",
      async (stack) => {
        stack.refusesMail = () => "Email address is not verified.";
      },
      [],
      1,
      /SES refused it: Email address is not verified\./,
    ],
    [
      "of another channel",
      async (stack) => {
        stack.put({ ...letter, channel: "event" });
      },
      [],
      2,
      /Only email/,
    ],
  ])("%s", async (_, happen, more, exitCode, says) => {
    const stack = await sending();
    await happen(stack);
    const ran = await command(stack, [...line, ...more]);
    expect([ran.exitCode, `${ran.out}${ran.err}`, stack.tested]).toEqual([exitCode, expect.stringMatching(says), []]);
  });
});
