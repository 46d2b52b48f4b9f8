/** The code of the functions in the small stack: plain, in place, without a package. */

/** Fails by the name in `event.fail`, so often in this process as `event.times` says; else tells how often it was called. */
const failing = `
let calls = 0;
exports.handler = async ({ fail, times = Infinity }) => {
  calls++;
  if (fail && calls <= times) throw Object.assign(new Error("as asked"), { name: fail });
  return { calls };
};`;

/** Writes down which keys it got, and fails for every record whose key is `poison`. */
const reading = `
const { appendFileSync } = require("node:fs");
exports.handler = async ({ Records }) => {
  appendFileSync(process.env.NOTES, Records.map(({ dynamodb }) => dynamodb.Keys.id.S + "\\n").join(""));
  return { batchItemFailures: Records.filter(({ dynamodb }) => dynamodb.Keys.id.S === "poison")
    .map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber })) };
};`;

/** Gives its credentials and its token away, so that a test can try what they are good for. */
const lending = `
const { appendFileSync } = require("node:fs");
exports.handler = async ({ token }) => {
  if (token) appendFileSync(process.env.TOKENS, token + "\\n");
  return { accessKeyId: process.env.AWS_ACCESS_KEY_ID, secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
    sessionToken: process.env.AWS_SESSION_TOKEN };
};`;

const answering = `exports.handler = async ({ rawPath, rawQueryString, requestContext }) => ({ statusCode: 200,
  headers: { "content-type": "text/plain" }, body: [requestContext.http.method, rawPath, rawQueryString].join(" ") });`;

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

/** Where functions write what they are to tell. They run on this machine. */
export interface Files {
  readonly notes: string;
  readonly tokens: string;
}

export const functions = ({ notes, tokens }: Files) => ({
  Failing: aFunction(failing),
  Reading: aFunction(reading, { NOTES: notes }),
  Lending: aFunction(lending, { TOKENS: tokens }),
  Answering: aFunction(answering),
});
