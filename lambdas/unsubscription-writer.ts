/** Stores that a customer has unsubscribed. Only the public page calls this function, with the signed link. */

import { environmentOf } from "./adapters/environment.ts";
import { observed } from "./adapters/observed.ts";
import { awsPortsWithoutConditions } from "./adapters/ports.ts";
import { acceptedSecrets } from "./adapters/secret.ts";
import { verified } from "./adapters/unsubscribing/unsubscription.ts";
import { unsubscribe } from "./app/messages/unsubscribe.ts";

const environment = environmentOf("unsubscription-writer");
const ports = awsPortsWithoutConditions(environment, {});
const secrets = await acceptedSecrets(environment.SIGNING_SECRET_ARN);

export const handler = observed(async (request: unknown) => unsubscribe(await verified(request, secrets), ports));
