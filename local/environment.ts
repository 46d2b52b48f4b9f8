/**
 * The environment of a child process that must talk to one engine only. The environment has no AWS profile, no real
 * key, no endpoint for a single service, and no proxy for this machine.
 */
import { delimiter, dirname } from "node:path";

export interface Place {
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  /** The CDK's cache folder, in place of the user's own. */
  readonly cdkHome: string;
}

/** In the child process, `node` is the Node that runs this process. */
export function pathWithThisNode({ PATH = "" }: NodeJS.ProcessEnv): string {
  return [dirname(process.execPath), PATH].join(delimiter);
}

/** What an app of the user needs to talk to the engine. The AWS CLI and boto3 read AWS_DEFAULT_REGION, other SDKs AWS_REGION. */
const forApps = [
  "AWS_ENDPOINT_URL",
  "AWS_REGION",
  "AWS_DEFAULT_REGION",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
] as const;

/** Lines to paste into a shell. */
export function exportLines(environment: Readonly<Record<string, string>>): string[] {
  return forApps.map((name) => `export ${name}=${environment[name] ?? ""}`);
}

const foreign = /^(AWS_|CDK_|https?_proxy$|all_proxy$)/i;

export function environmentFor(inherited: NodeJS.ProcessEnv, place: Place): Record<string, string> {
  const own = Object.entries(inherited).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !foreign.test(entry[0]),
  );
  return {
    ...Object.fromEntries(own),
    PATH: pathWithThisNode(inherited),
    AWS_ENDPOINT_URL: place.endpoint,
    AWS_REGION: place.region,
    AWS_DEFAULT_REGION: place.region,
    AWS_ACCESS_KEY_ID: place.account,
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
    CDK_HOME: place.cdkHome,
    CDK_DISABLE_CLI_TELEMETRY: "true",
  };
}
