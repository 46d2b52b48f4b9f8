/** Turns errors of AWS about access into a sentence that says what to do. */
import { UsageError } from "../usage-error.ts";

interface Failure extends Error {
  readonly code?: string;
  readonly $metadata?: unknown;
}

interface Refusal {
  readonly when: (error: Failure) => boolean;
  readonly say: (error: Failure, stack: string) => string;
}

const firstLine = ({ message, name }: Error) => (message.split("\n")[0] || name).replace(/\.$/, "");

const refusals: readonly Refusal[] = [
  {
    when: ({ name, message }) => name === "ValidationError" && message.includes("does not exist"),
    say: (_, stack) =>
      `There is no stack "${stack}" in this account and region. Deploy it, name another with --stack NAME, or set AWS_REGION or AWS_PROFILE.`,
  },
  {
    when: ({ message }) => message.includes("Region is missing"),
    say: () =>
      "The command needs a deployed stack, and no region is set. Set AWS_REGION to the region of the stack, such as eu-central-1.",
  },
  {
    when: ({ name }) => /^(CredentialsProviderError|TokenProviderError)$/.test(name),
    say: (error) => `There are no AWS credentials (${firstLine(error)}). Sign in, or set AWS_PROFILE.`,
  },
  {
    when: ({ name }) => /^(ExpiredToken|ExpiredTokenException|RequestExpired)$/.test(name),
    say: () => "The AWS credentials have expired. Sign in again.",
  },
  {
    when: ({ name }) =>
      /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|IncompleteSignature|NotAuthorized)$/.test(
        name,
      ),
    say: (error) => `AWS refuses access: ${firstLine(error)}. Use credentials that may do this.`,
  },
  {
    when: ({ code = "", name }) => /^(ECONN|ENOTFOUND|EAI_|EHOST|ENET|ETIMEDOUT)/.test(code) || name === "TimeoutError",
    say: (error) => `AWS cannot be reached (${firstLine(error)}). Check the network, AWS_REGION and AWS_ENDPOINT_URL.`,
  },
];

/** The error that the command ends with: a UsageError with a sentence if the user can fix the cause. */
export function refused(error: unknown, stack: string): unknown {
  if (!(error instanceof Error)) return error;
  const cause = rootOf(error);
  const refusal = refusals.find(({ when }) => when(cause));
  return refusal ? new UsageError(refusal.say(cause, stack), { cause: error }) : error;
}

/** Adapters wrap errors, and a connection attempt to several addresses fails with several errors. */
function rootOf(error: Error): Failure {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return error.errors[0];
  return error.cause instanceof Error && !("$metadata" in error) ? rootOf(error.cause) : error;
}
