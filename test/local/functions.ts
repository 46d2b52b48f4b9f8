/** The code of the functions in the small stack, as texts without packages. */

/** Throws an error named `event.fail` for the first `event.times` calls in a process; then returns the number of calls. */
const failing = `
let calls = 0;
exports.handler = async ({ fail, times = Infinity }) => {
  calls++;
  if (fail && calls <= times) throw Object.assign(new Error("as asked"), { name: fail });
  return { calls };
};`;

/** Writes the keys that it got, and fails for every record whose key is `poison`. */
const reading = `
const { appendFileSync } = require("node:fs");
exports.handler = async ({ Records }) => {
  appendFileSync(process.env.NOTES, Records.map(({ dynamodb }) => dynamodb.Keys.id.S + "\\n").join(""));
  return { batchItemFailures: Records.filter(({ dynamodb }) => dynamodb.Keys.id.S === "poison")
    .map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber })) };
};`;

/** Returns its credentials and its token, so that a test can use them. */
const lending = `
const { appendFileSync } = require("node:fs");
exports.handler = async ({ token }) => {
  if (token) appendFileSync(process.env.TOKENS, token + "\\n");
  return { accessKeyId: process.env.AWS_ACCESS_KEY_ID, secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
    sessionToken: process.env.AWS_SESSION_TOKEN };
};`;

const answering = `exports.handler = async ({ rawPath, rawQueryString, requestContext }) => ({ statusCode: 200,
  headers: { "content-type": "text/plain" }, body: [requestContext.http.method, rawPath, rawQueryString].join(" ") });`;

/** Returns the time by which functions measure the age of what they have cached, between two readings of the real time. */
const timing = `
const real = () => Number(process.hrtime.bigint()) / 1e6;
exports.handler = async () => [real(), performance.now(), real()];`;

export const attribute = (resource: string, name = "Arn") => ({ "Fn::GetAtt": [resource, name] });

const aFunction = (code: string, variables: object = {}) => ({
  Type: "AWS::Lambda::Function",
  Properties: {
    Runtime: "nodejs24.x",
    Handler: "index.handler",
    Timeout: 10,
    Role: attribute("Role"),
    Code: { ZipFile: code },
    Environment: { Variables: variables },
  },
});

/** The file that functions write to. They run on this machine. */
export interface Files {
  readonly notes: string;
  readonly tokens: string;
}

export const functions = ({ notes, tokens }: Files) => ({
  Failing: aFunction(failing),
  Reading: aFunction(reading, { NOTES: notes }),
  Lending: aFunction(lending, { TOKENS: tokens }),
  Answering: aFunction(answering),
  Timing: aFunction(timing),
});
