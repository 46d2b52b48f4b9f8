/** The secrets that may have signed an unsubscribe link, before and after a rotation. */
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { acceptedSecrets } from "../../lambdas/adapters/secret.ts";
import { answer } from "../../lambdas/adapters/unsubscribing/unsubscribe-page.ts";
import { tokenFor } from "../../lambdas/domain/customer/unsubscribe-link.ts";
import { Fault, Loopback } from "../wired/aws/loopback.ts";

let aws: Loopback;
beforeAll(async () => {
  aws = await Loopback.start(1);
});
afterAll(() => aws?.stop());
beforeEach(() => aws.forget());

/** Without a previous value: the secret was never rotated. */
const stored = (current: string, previous?: string) =>
  aws.answer({
    GetSecretValue: ({ VersionStage }) => {
      if (VersionStage !== "AWSPREVIOUS") return { SecretString: current };
      if (previous === undefined) throw new Fault("ResourceNotFoundException", "no such version");
      return { SecretString: previous };
    },
  });

const statusOf = async (signed: string) => {
  const request = {
    queryStringParameters: { token: tokenFor({ customerId: "c-1" }, signed) },
    requestContext: { http: { method: "GET" } },
    isBase64Encoded: false,
  } as unknown as Parameters<typeof answer>[0];
  return (await answer(request, await acceptedSecrets("arn"), async () => {})).statusCode;
};

test("before a rotation, only the current secret is accepted", async () => {
  stored("first");
  expect([await statusOf("first"), await statusOf("second")]).toEqual([200, 400]);
});

test("after a rotation, the previous secret is accepted too", async () => {
  stored("second", "first");
  expect([await statusOf("second"), await statusOf("first"), await statusOf("zeroth")]).toEqual([200, 200, 400]);
});

test("a forged link makes no function read the secrets within a minute", async () => {
  stored("first");
  const secrets = await acceptedSecrets("arn");
  for (let times = 0; times < 5; times++) await secrets.values(true);
  expect(aws.of("GetSecretValue")).toHaveLength(2);
});

test("a forged link makes no function read the secrets more than once a minute, however long it has been running", async () => {
  stored("first");
  const clock = vi.spyOn(performance, "now").mockReturnValue(0);
  const secrets = await acceptedSecrets("arn");
  const readings: number[] = [];
  for (const seconds of [59, 60, 61, 119, 120, 121]) {
    clock.mockReturnValue(seconds * 1000);
    aws.forget();
    await secrets.values(true);
    readings.push(aws.of("GetSecretValue").length);
  }
  clock.mockRestore();
  expect(readings).toEqual([0, 2, 0, 0, 2, 0]);
});

test("an error other than a missing previous value is an error", async () => {
  aws.answer({
    GetSecretValue: ({ VersionStage }) => {
      if (VersionStage === "AWSPREVIOUS") throw new Fault("AccessDeniedException");
      return { SecretString: "first" };
    },
  });
  await expect(acceptedSecrets("arn")).rejects.toThrow("Secrets Manager answered AccessDeniedException.");
});
