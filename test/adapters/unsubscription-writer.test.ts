/** How the public page calls the function that stores, and what this function refuses. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { verified } from "../../lambdas/adapters/unsubscribing/unsubscription.ts";
import { unsubscriptionWriter } from "../../lambdas/adapters/unsubscribing/unsubscription-writer.ts";
import { ThrottledError } from "../../lambdas/app/errors.ts";
import { tokenFor } from "../../lambdas/domain/customer/unsubscribe-link.ts";
import { Fault, Loopback } from "../wired/aws/loopback.ts";

const secret = "secret";
const secrets = { values: async () => [secret, "the previous secret"] };
const [ann, news] = [{ customerId: "c-1" }, { customerId: "c-1", topic: "news" }];

describe("the call", () => {
  let aws: Loopback;
  beforeAll(async () => {
    aws = await Loopback.start(1);
    aws.answer({ Invoke: () => ({}) });
  });
  afterAll(() => aws?.stop());
  beforeEach(() => aws.forget());
  const request = { token: tokenFor(news, secret), everything: true };
  const call = () => unsubscriptionWriter("the-writer")(request);

  test("passes on the link and the choice, and nothing else", async () => {
    await call();
    expect(aws.of("Invoke")).toEqual([{ FunctionName: "the-writer", Payload: request }]);
  });

  test("fails when the function fails, because the customer is not unsubscribed", async () => {
    aws.fail("Invoke", new Fault("Unhandled", "c-1 is broken", 200));
    await expect(call()).rejects.toThrow("Lambda answered Unhandled.");
  });

  test("tells a throttled call from a failed one", async () => {
    aws.fail("Invoke", new Fault("TooManyRequestsException", "Rate Exceeded.", 429));
    await expect(call()).rejects.toThrow(ThrottledError);
    aws.fail("Invoke", new Fault("ServiceException", "sorry", 500));
    await expect(call()).rejects.not.toThrow(ThrottledError);
  });
});

describe("the function that stores", () => {
  const link = (recipient = news, signedWith = secret) => tokenFor(recipient, signedWith);

  test.each([
    ["a link about a topic", { token: link(), everything: false }, news],
    ["everything, by such a link", { token: link(), everything: true }, ann],
    ["a link without a topic", { token: tokenFor(ann, secret), everything: false }, ann],
    ["a link from before the last rotation", { token: link(news, "the previous secret"), everything: false }, news],
  ])("accepts %s", async (_, request, recipient) => {
    expect(await verified(request, secrets)).toEqual(recipient);
  });

  test.each<[string, unknown]>([
    ["a link with another signature", { token: link(news, "forged"), everything: false }],
    ["a customer without a link", { customerId: "c-1", everything: true }],
    ["a customer beside a link", { token: link(), everything: false, customerId: "c-2" }],
    ["a list", [{ token: link(), everything: false }]],
    ["nothing", null],
  ])("refuses %s", async (_, request) => {
    await expect(verified(request, secrets)).rejects.toThrow("no unsubscribe link that this stack signed");
  });
});
