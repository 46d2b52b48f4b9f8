/** `journeys capture CUSTOMER JOURNEY`: a customer's real passage as a small journey test with made-up values. */
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { Template } from "../../../lambdas/domain/messages/template.ts";
import type { Segment } from "../../../lambdas/domain/segments/segment.ts";
import type { Captured } from "../../../proof/capture/capture.ts";
import type { Stack } from "../../../stack/stack.ts";
import { UsageError } from "../../../stack/usage-error.ts";
import { writeText } from "../../files/document.ts";
import type { CliCommand, Given } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { jsonOption, stackOption, withStack } from "../../terminal/on-stack.ts";

export const captureCommand: CliCommand = {
  options: [
    ["--enrollment <id>", "which enrollment of the customer (default: the newest)"],
    ["--output <file>", "write the test to this file, such as captured.test.json"],
    stackOption,
    jsonOption,
  ],
  notes:
    "The test has the journey, the made-up customer, and only those attributes and events on which the path depends. Times\nare 28 years later. The command runs the test, and searches it for every value of the customer. Exit code 1 when the\npassage cannot be captured.",
  example: "journeys capture c-42 abandoned-cart --output captured.test.json",
  run: withStack((stack, given, io) => captureCustomer(given, stack, io)),
};

async function captureCustomer({ operands, options }: Given, stack: Stack, io: Io): Promise<ExitCode> {
  const [customerId = "", journeyId = ""] = operands;
  const captured = await captureFrom(stack, customerId, journeyId, options.enrollment);
  const json = options.json === true;
  if ("refused" in captured) {
    if (json)
      io.out(JSON.stringify({ ok: false, problems: [{ path: "", code: "not-captured", message: captured.refused }] }));
    else io.out(`${io.style("red", "✗")} Nothing was captured. ${captured.refused}`);
    return 1;
  }
  const text = JSON.stringify(captured.test, null, 2);
  if (typeof options.output === "string") writeText(options.output, `${text}\n`, io);
  if (json) io.out(JSON.stringify({ ok: true, test: captured.test }));
  else if (typeof options.output !== "string") io.out(text);
  else io.out(`${io.style("green", "✓")} ${options.output}`);
  return 0;
}

async function captureFrom(
  stack: Stack,
  customerId: string,
  journeyId: string,
  enrollmentId: string | boolean | undefined,
): Promise<Captured> {
  const [
    { recordOf },
    { liveJourney },
    { capture },
    { namedTemplates },
    { namedSegments },
    { contentOf },
    { textsIn },
    { sharedTextsOf },
  ] = await Promise.all([
    import("../../../stack/deployed/customer-record.ts"),
    import("../../../stack/deployed/journey.ts"),
    import("../../../proof/capture/capture.ts"),
    import("../../../lambdas/domain/checks/check-references.ts"),
    import("../../../lambdas/domain/segments/named-segments.ts"),
    import("../../../insight/documents/document-text.ts"),
    import("../../../insight/documents/shared-uses.ts"),
    import("../../../lambdas/domain/messages/shared-text.ts"),
  ]);
  const { profile, events, enrollments } = recordOf(customerId, await stack.customer(customerId));
  const enrollment = chosen(
    enrollments.filter((each) => each.journeyId === journeyId),
    enrollmentId,
  );
  if (!enrollment) throw new UsageError(notInside(customerId, journeyId, enrollmentId));
  if (enrollment.migrations)
    return { refused: "The customer was migrated from one version to another, and a test has one version." };
  const { journey: live } = await liveJourney(journeyId, stack);
  const entered = await stack.ports.journeys.version(journeyId, enrollment.journeyVersion);
  if (!entered) throw new UsageError(`Version ${enrollment.journeyVersion} of "${journeyId}" is not stored any more.`);
  // Exit rules and goals are those of the live version for every customer.
  const { exit: _, goals: __, ...version } = entered;
  const journey = {
    ...version,
    version: "current",
    ...(live.exit && { exit: live.exit }),
    ...(live.goals && { goals: live.goals }),
  };
  const named = new Set(namedTemplates(journey));
  const ofJourney = (await stack.templates()).filter(({ id }) => named.has(String(id))).map(contentOf);
  const shared = (await stack.sharedTexts()).map(contentOf);
  const texts = sharedTextsOf(shared);
  const used = new Set(ofJourney.flatMap((each) => textsIn(each, texts)).map(({ id }) => id));
  const templates = [...ofJourney, ...shared.filter(({ id }) => used.has(String(id)))];
  const now = stack.ports.clock.now();
  const conditions = await stack.ports.segments.get(namedSegments(journey));
  const segments = (await stack.segments()).filter(({ id }) => conditions.has(String(id))).map(contentOf);
  return capture({
    enrollment,
    profile,
    events,
    journey,
    templates: templates as unknown as Template[],
    segments: segments as unknown as Segment[],
    now,
  });
}

function chosen(enrollments: readonly Enrollment[], id: string | boolean | undefined): Enrollment | undefined {
  return id === undefined ? enrollments.at(-1) : enrollments.find(({ enrollmentId }) => enrollmentId === id);
}

function notInside(customerId: string, journeyId: string, enrollment: string | boolean | undefined): string {
  if (enrollment !== undefined)
    return `The customer "${customerId}" has no enrollment "${enrollment}" in "${journeyId}".`;
  return `The customer "${customerId}" has never entered "${journeyId}". journeys why ${customerId} ${journeyId} shows why.`;
}
