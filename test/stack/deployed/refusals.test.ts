/** The errors of AWS, and the sentences that a person at the command line reads for them. */
import { expect, test } from "vitest";
import { refused } from "../../../stack/deployed/refusals.ts";
import { UsageError } from "../../../stack/usage-error.ts";

const failure = (name: string, message: string, more: object = {}) =>
  Object.assign(new Error(message), { name, ...more });

test.each([
  ["no such stack", failure("ValidationError", "Stack with id Shop does not exist"), /no stack "Shop".*--stack NAME/],
  ["no region", new Error("Region is missing"), /Set AWS_REGION/],
  ["no credentials", failure("CredentialsProviderError", "Could not load"), /\(Could not load\)\. Sign in/],
  ["a session that is over", failure("ExpiredTokenException", "expired"), /have expired\. Sign in again/],
  ["no permission", failure("AccessDeniedException", "User a may not Query\nmore"), /may not Query\. Use credentials/],
  ["a name that is nowhere", failure("Error", "getaddrinfo ENOTFOUND x", { code: "ENOTFOUND" }), /AWS_ENDPOINT_URL/],
  [
    "no connection on any address",
    new AggregateError([failure("Error", "connect ECONNREFUSED ::1", { code: "ECONNREFUSED" })]),
    /cannot be reached \(connect ECONNREFUSED ::1\)/,
  ],
  [
    "no permission, as an adapter reports it",
    new Error("wrapped", { cause: failure("AccessDeniedException", "no") }),
    /refuses access: no\./,
  ],
])("%s", (_, error, sentence) => {
  const refusal = refused(error, "Shop");
  expect(refusal).toBeInstanceOf(UsageError);
  expect((refusal as Error).message).toMatch(sentence);
});

test("an error that the user cannot fix stays unchanged", () => {
  const bug = new TypeError("x is not a function");
  expect(refused(bug, "Shop")).toBe(bug);
  expect(refused("text", "Shop")).toBe("text");
});
