/** Reports of SES that come after their customer was erased. The customer's data is gone, the fact of the address is stored. */
import { expect, test } from "vitest";
import { emailOf } from "../../../lambdas/adapters/email.ts";
import { reportedStatus } from "../../../lambdas/adapters/ses-events.ts";
import { deleteCustomer } from "../../../lambdas/app/exits/delete-customer.ts";
import { handleDeliveryReport } from "../../../lambdas/app/messages/handle-delivery-report.ts";
import { addressHash } from "../../../lambdas/domain/customer/address-mark.ts";
import { journey, on } from "../../behaviour/scenario-of.ts";
import { World } from "../world.ts";

const EMAIL = "ann@shop.example";
const bounce = { eventType: "Bounce", bounce: { bounceType: "Permanent" } };

/** A customer got an email and was erased. `report`: what SES says of the email, with the tags that it was sent with. */
async function erased() {
  const world = new World();
  await world.publish(journey({ components: { mail: { type: "sendTemplate", template: "hello" } } }));
  await world.enter({ changes: { email: EMAIL } });
  await world.run();
  const [{ message, claim }] = world.sent as [(typeof world.sent)[number]];
  await deleteCustomer("c-1", on("01-05 11:00"), world.ports);
  const { EmailTags = [] } = emailOf(message, claim, "set");
  const sentTags = Object.fromEntries(EmailTags.map(({ Name, Value }) => [Name, [Value]]));
  const report = async (detail: object, tags: object = sentTags) => {
    const time = "2026-01-05T12:00:00.000Z";
    const said = reportedStatus({ time, detail: { ...detail, mail: { tags } } }, (real) => real) ?? expect.fail();
    expect(await handleDeliveryReport(said, world.ports)).toEqual([]);
  };
  const facts = () => world.store.addressFacts(addressHash(EMAIL, world.ports.addressKey ?? ""));
  return { world, report, facts, sentTags };
}

test.each([
  ["bounced", bounce, "hello", "bounced"],
  ["bounced", bounce, "receipt", "bounced"],
  [
    "suppressed",
    { ...bounce, bounce: { ...bounce.bounce, bounceSubType: "OnAccountSuppressionList" } },
    "hello",
    "suppressed",
  ],
  ["complained", { eventType: "Complaint" }, "hello", "complained"],
] as const)(
  "an address that %s: a new customer with the address gets no mail",
  async (kind, detail, template, reason) => {
    const { world, report, facts } = await erased();
    await report(detail);
    expect((await facts()).reports).toEqual({ [kind]: on("01-05 12:00") });
    const [left] = [...world.store.all()].filter(({ customer }) => customer.customerId === "c-1");
    expect(left?.enrollments.size).toBe(0);
    await world.publish(
      journey({ id: "k", components: { mail: { type: "sendTemplate", template } }, trigger: { event: "k" } }),
    );
    world.happens("k", { id: "new", customerId: "c-2", changes: { email: EMAIL } });
    await world.run();
    expect((await world.only("c-2")).messages).toMatchObject([{ state: "skipped", reason }]);
  },
);

test("a repeated report stores nothing", async () => {
  const { report, facts } = await erased();
  await report(bounce);
  await report(bounce);
  expect((await facts()).revision).toBe(1);
});

test.each(["Delivery", "Open", "Click", "Send", "Reject"])("%s says nothing of the address", async (eventType) => {
  const { report, facts } = await erased();
  await report({ eventType });
  expect((await facts()).revision).toBe(0);
});

test.each([
  ["that an earlier release sent", undefined],
  ["with another text than a hash", ["profile"]],
  ["with a hash that is too long", ["x".repeat(23)]],
])("a bounce of a mail %s stores nothing", async (_, address) => {
  const { world, report, sentTags } = await erased();
  const { address: __, ...others } = sentTags;
  const before = JSON.stringify([...world.store.all()]);
  await report(bounce, { ...others, ...(address && { address }) });
  expect(JSON.stringify([...world.store.all()])).toBe(before);
});

test("the tag of an email does not reveal the address", async () => {
  const { sentTags } = await erased();
  expect(JSON.stringify(sentTags)).not.toContain("ann");
  expect(sentTags.address).toEqual([expect.stringMatching(/^[A-Za-z0-9_-]{22}$/)]);
});
