/**
 * With local/patches, the emulator enforces the roles of functions. Published MiniStack either allows everything or keeps
 * the CDK from deploying.
 */
import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { SendTaskSuccessCommand, SFNClient } from "@aws-sdk/client-sfn";
import { beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "../../local/engine.ts";
import { allowSender } from "../../local/mailbox.ts";
import { machines } from "./machine.ts";
import { type Emulator, MAY_ANSWER, type Outputs, written } from "./stack.ts";

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export const describeRoles = (emulator: () => Emulator) =>
  describe("a function", () => {
    let engine: Engine;
    let outputs: Outputs;
    /** Settings for a client with the function's role. */
    let client: Engine["client"];
    let states: ReturnType<typeof machines>;
    /** State machines that wait for their task token. The role can send only the token of the first one. */
    let waiting: readonly string[];

    beforeAll(async () => {
      ({ engine, outputs } = emulator());
      await allowSender(engine, "other.example");
      states = machines(engine, outputs.Lending, outputs.Role);
      const Parameters = { FunctionName: outputs.Lending, Payload: { "token.$": "$$.Task.Token" } };
      waiting = [await states.create({ Parameters }, true, MAY_ANSWER), await states.create({ Parameters }, true)];
      const end = await states.ended(await states.start(await states.create({}), {}));
      const { Payload } = end.output as { Payload: Credentials };
      client = { ...engine.client, credentials: Payload };
    }, 60_000);

    const Key = { id: { S: "any" } };
    const mail = (from: string) => ({
      FromEmailAddress: `Shop <hello@${from}>`,
      Destination: { ToAddresses: ["ada@mail.example"] },
      Content: { Simple: { Subject: { Data: "Hello" }, Body: { Text: { Data: "Hello" } } } },
    });

    it("may read the table that its role lets it read", async () => {
      const found = await new DynamoDBClient(client).send(new GetItemCommand({ TableName: outputs.Items, Key }));
      expect(found.Item).toBeUndefined();
    });

    it("may not write to it", async () => {
      const write = new DynamoDBClient(client).send(new PutItemCommand({ TableName: outputs.Items, Item: Key }));
      await expect(write).rejects.toThrow("not authorized to perform: dynamodb:PutItem");
      await new DynamoDBClient(engine.client).send(new PutItemCommand({ TableName: outputs.Items, Item: Key }));
    });

    it("may read the secret that its role names by reference, which is an ARN", async () => {
      const secret = new SecretsManagerClient(client).send(new GetSecretValueCommand({ SecretId: outputs.Secret }));
      expect(await secret).toMatchObject({ SecretString: "hush", ARN: outputs.Secret });
    });

    it("may send from the domain that its role names, and from no other", async () => {
      const ses = new SESv2Client(client);
      expect(await ses.send(new SendEmailCommand(mail("shop.example")))).toHaveProperty("MessageId");
      await expect(ses.send(new SendEmailCommand(mail("other.example")))).rejects.toThrow("not authorized");
    });

    it.each([
      ["may send the token of its machine back", 0],
      ["may not send the token of another machine back", 1],
    ])("%s", async (_, place) => {
      const before = written(engine, "tokens").length;
      const execution = await states.start(waiting[place] ?? "", {});
      await expect.poll(() => written(engine, "tokens").length, { timeout: 30_000 }).toBe(before + 1);
      const send = new SendTaskSuccessCommand({ taskToken: written(engine, "tokens").at(-1), output: "{}" });
      if (place === 1) await expect(new SFNClient(client).send(send)).rejects.toThrow("not authorized");
      await new SFNClient(place === 0 ? client : engine.client).send(send);
      expect(await states.ended(execution)).toMatchObject({ status: "SUCCEEDED" });
    });
  });
