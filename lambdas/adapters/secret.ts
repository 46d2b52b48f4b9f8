/**
 * Reads the stack's secrets. A rotation makes the current value the previous one; links that were signed with the
 * previous value are still accepted, because a customer must be able to unsubscribe from an old mail.
 */
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { answered, nameOf } from "./services/errors.ts";
import { retried } from "./services/time-outs.ts";

const client = new SecretsManagerClient(retried);

/** The current value, read once at cold start. */
export async function secretOf(arn: string, through = client): Promise<string> {
  const { SecretString } = await answered(
    "Secrets Manager",
    through.send(new GetSecretValueCommand({ SecretId: arn })),
  );
  if (!SecretString) throw new Error(`The secret ${arn} is empty. Rotate it, or deploy the stack again.`);
  return SecretString;
}

/** A function that started before a rotation reads the values again, but not for every forged link. */
const FRESH_FOR_MILLISECONDS = 60_000;

export interface AcceptedSecrets {
  /** The values that may have signed a link. `unknown`: none of the values read so far has signed it. */
  values(unknown?: boolean): Promise<readonly string[]>;
}

/** The current value and the one before it. @throws when the current value cannot be read at cold start. */
export async function acceptedSecrets(arn: string): Promise<AcceptedSecrets> {
  let [known, readAt] = [await bothValues(arn), performance.now()];
  return {
    async values(unknown = false) {
      if (unknown && performance.now() - readAt >= FRESH_FOR_MILLISECONDS)
        [known, readAt] = [await bothValues(arn), performance.now()];
      return known;
    },
  };
}

async function bothValues(arn: string): Promise<string[]> {
  const [current, previous] = await Promise.all([secretOf(arn), previousOf(arn)]);
  return previous === undefined || previous === current ? [current] : [current, previous];
}

/** `undefined` before the first rotation. */
async function previousOf(SecretId: string): Promise<string | undefined> {
  const request = new GetSecretValueCommand({ SecretId, VersionStage: "AWSPREVIOUS" });
  try {
    return (await answered("Secrets Manager", client.send(request))).SecretString || undefined;
  } catch (error) {
    if (nameOf(error) === "ResourceNotFoundException") return undefined;
    throw error;
  }
}
