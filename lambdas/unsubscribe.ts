/**
 * Serves the page of unsubscribe links, at a public function URL. This function cannot read customers: another function
 * stores what the customer wants.
 */

import type { LambdaFunctionURLEvent } from "aws-lambda";
import { environmentOf } from "./adapters/environment.ts";
import { observed } from "./adapters/observed.ts";
import { acceptedSecrets } from "./adapters/secret.ts";
import { answer } from "./adapters/unsubscribing/unsubscribe-page.ts";
import { unsubscriptionWriter } from "./adapters/unsubscribing/unsubscription-writer.ts";

const environment = environmentOf("unsubscribe");
const secrets = await acceptedSecrets(environment.SIGNING_SECRET_ARN);
const unsubscribe = unsubscriptionWriter(environment.WRITER_NAME);

export const handler = observed((event: LambdaFunctionURLEvent) => answer(event, secrets, unsubscribe));
