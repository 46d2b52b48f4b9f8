/**
 * The environment variables, read once at cold start. A function that lacks a variable, or cannot read its value, does
 * not start, and the error names the variable.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { environmentOf as read } from "../../lambdas/adapters/environment.ts";
import { Fault, Loopback } from "./aws/loopback.ts";
import { cold, functionNames, setVariables, started, type Variable, values, variablesOf } from "./functions.ts";

let aws: Loopback;
beforeAll(async () => {
  aws = await Loopback.start();
});
afterAll(() => aws?.stop());
beforeEach(cold);

const isSecret = (variable: Variable) => variable === "SIGNING_SECRET_ARN" || variable === "ADDRESS_KEY_ARN";
/** These functions accept links that were signed before the last rotation too. */
const verifying = ["unsubscribe", "unsubscription-writer"];
const secretReads = (name: string, variable: Variable) =>
  [{}, ...(verifying.includes(name) ? [{ VersionStage: "AWSPREVIOUS" }] : [])].map((stage) => ({
    operation: "GetSecretValue",
    input: { SecretId: values[variable], ...stage },
  }));
const needed = (variable: Variable) => values[variable] !== undefined;
const scale = (change: object) =>
  JSON.stringify({ factor: 60, real: "2026-01-01T00:00:00Z", virtual: "2026-01-01T00:00:00Z", ...change });

const wrong: Readonly<Partial<Record<Variable, readonly string[]>>> = {
  EVENT_RETENTION_DAYS: ["many", "0", "-1", "1.5", "NaN"],
  MAIL_RATE: ["", "fast", "0", "-14"],
  TIME_SCALE: ["60", "sixty", scale({ factor: 0 }), scale({ real: "yesterday" }), scale({ virtual: 5 })],
  SENDER: ["Shop <hello@shop.example>", "{}", '{"from":""}', '{"from":"a@b.example","replyTo":"c@d.example"}'],
};

describe.each(functionNames)("%s", (name) => {
  const variables = variablesOf(name);

  test.each(variables.filter(needed))("refuses to start when %s is missing or empty", (variable) => {
    for (const value of [undefined, ""]) {
      setVariables(name, { [variable]: value });
      expect(() => read(name)).toThrow(new RegExp(`environment of ${name} .*\\b${variable}: .*Deploy the stack again`));
    }
  });

  const rows = variables.flatMap((variable) => (wrong[variable] ?? []).map((value) => [variable, value] as const));
  test.each(rows)("refuses %s when it is %j", (variable, value) => {
    setVariables(name, { [variable]: value });
    expect(() => read(name)).toThrow(`${variable}`);
  });

  test("names all missing variables in one error", async () => {
    const nothing = Object.fromEntries(variables.map((variable) => [variable, undefined]));
    const said = await started(name, nothing).catch((error: Error) => error.message);
    for (const variable of variables.filter(needed)) expect(said).toContain(`${variable}: `);
  });

  test("starts with its variables, and requests only its secrets from AWS", async () => {
    aws.forget();
    await started(name);
    const reads = variables.flatMap((variable) => (isSecret(variable) ? secretReads(name, variable) : []));
    expect(aws.calls).toHaveLength(reads.length);
    expect(aws.calls).toEqual(expect.arrayContaining(reads));
  });

  const secrets = variables.filter(isSecret);
  test.each(secrets)("does not start without the secret of %s", async (variable) => {
    const answer = (own: () => object) =>
      aws.answer({
        GetSecretValue: ({ SecretId }) => (SecretId === values[variable] ? own() : { SecretString: "another secret" }),
      });
    answer(() => {
      throw new Fault("AccessDeniedException", "not allowed to read the secret");
    });
    await expect(started(name)).rejects.toThrow("Secrets Manager answered AccessDeniedException.");
    answer(() => ({ SecretString: "" }));
    cold();
    await expect(started(name)).rejects.toThrow(`The secret ${values[variable]} is empty.`);
    answer(() => ({ SecretString: "the secret" }));
  });
});

test.each(["", "none", '{"cap":[]}', '{"quiet":{}}'])("advance refuses LIMITS when it is %j", async (LIMITS) => {
  await expect(started("advance", { LIMITS })).rejects.toThrow(/environment of advance .*\bLIMITS: .*Deploy the stack/);
});

test("the optional variables are read", () => {
  setVariables("advance", { MAIL_RATE: "0.5", TIME_SCALE: scale({}), SENDER: '{"from":"a@b.example"}', LIMITS: "{}" });
  expect(read("advance")).toMatchObject({
    EVENT_RETENTION_DAYS: 400,
    MAIL_RATE: 0.5,
    TIME_SCALE: { factor: 60 },
    SENDER: { from: "a@b.example" },
  });
});
