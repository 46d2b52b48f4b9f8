/** Serves the page of unsubscribe links, at a function URL. */

import type { LambdaFunctionURLEvent } from "aws-lambda";
import { environmentOf } from "./adapters/environment.ts";
import { observed } from "./adapters/observed.ts";
import { awsPorts } from "./adapters/ports.ts";
import { acceptedSecrets } from "./adapters/secret.ts";
import { answer } from "./adapters/unsubscribe-page.ts";
import { unsubscribe } from "./app/messages/unsubscribe.ts";

const environment = environmentOf("unsubscribe");
const ports = awsPorts(environment, {});
const secrets = await acceptedSecrets(environment.SIGNING_SECRET_ARN);

export const handler = observed((event: LambdaFunctionURLEvent) =>
  answer(event, secrets, (recipient) => unsubscribe(recipient, ports)),
);
