import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { environmentFor, exportLines } from "../../local/environment.ts";

const place = { endpoint: "http://127.0.0.1:4000", account: "900000000001", region: "eu-central-1", cdkHome: "/cdk" };

describe("the environment of a process that talks to an engine", () => {
  it.each([
    ["a profile", "AWS_PROFILE"],
    ["a session of a real account", "AWS_SESSION_TOKEN"],
    ["an endpoint of one service", "AWS_ENDPOINT_URL_DYNAMODB"],
    ["a proxy", "https_proxy"],
    ["another proxy", "HTTP_PROXY"],
    ["an app of another CDK run", "CDK_OUTDIR"],
  ])("leaves out %s", (_, name) => {
    expect(environmentFor({ [name]: "theirs" }, place)).not.toHaveProperty(name);
  });

  it.each([
    ["a folder", "HOME"],
    ["what only sounds like a proxy", "MY_HTTP_PROXY"],
  ])("keeps %s", (_, name) => {
    expect(environmentFor({ [name]: "theirs" }, place)).toHaveProperty(name, "theirs");
  });

  it("finds this Node first, whatever else is on the path", () => {
    expect(environmentFor({ PATH: "/usr/bin" }, place).PATH).toBe(`${dirname(process.execPath)}:/usr/bin`);
  });

  it("is printed for an app, so that every SDK and the AWS CLI find the endpoint, the key and the region", () => {
    expect(exportLines(environmentFor({}, place))).toEqual([
      "export AWS_ENDPOINT_URL=http://127.0.0.1:4000",
      "export AWS_REGION=eu-central-1",
      "export AWS_DEFAULT_REGION=eu-central-1",
      "export AWS_ACCESS_KEY_ID=900000000001",
      "export AWS_SECRET_ACCESS_KEY=local",
    ]);
  });

  it("puts the engine's key and endpoint in the place of real ones", () => {
    const real = { AWS_ACCESS_KEY_ID: "AKIAREAL", AWS_SECRET_ACCESS_KEY: "real", AWS_ENDPOINT_URL: "https://real" };
    expect(environmentFor(real, place)).toMatchObject({
      AWS_ACCESS_KEY_ID: "900000000001",
      AWS_SECRET_ACCESS_KEY: "local",
      AWS_ENDPOINT_URL: "http://127.0.0.1:4000",
    });
  });
});
