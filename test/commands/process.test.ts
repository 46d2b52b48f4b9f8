/** The program as a process: it asks AWS for the named stack, and prints AWS's answer as a sentence. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";

test("a stack that does not exist: one sentence, exit code 2", { timeout: 60_000 }, async () => {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    asked.push(await text(request));
    const message = "<Code>ValidationError</Code><Message>Stack with id Nowhere does not exist</Message>";
    response.writeHead(400, { "content-type": "text/xml" });
    response.end(`<ErrorResponse><Error><Type>Sender</Type>${message}</Error></ErrorResponse>`);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const env = {
    PATH: process.env.PATH,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "a",
    AWS_SECRET_ACCESS_KEY: "b",
  };
  const child = spawn(process.execPath, ["bin/journeys.ts", "list", "--stack", "Nowhere"], { env });
  const [out, err, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  server.close();
  expect([exitCode, out]).toEqual([2, ""]);
  expect(err).toMatch(/^There is no stack "Nowhere" in this account and region\./);
  expect(asked).toEqual([expect.stringContaining("StackName=Nowhere")]);
});
