/** `journeys render TEMPLATE --customer CUSTOMER`: the message that a customer would get. Sends nothing. */
import { dirname, join } from "node:path";
import { type DocumentKind, kindOf, lookalikeOf } from "../../../insight/documents/document-kind.ts";
import { contentOf } from "../../../insight/documents/document-text.ts";
import { inEveryLanguage, languageTags } from "../../../insight/preview/languages.ts";
import { journeyThatSends, preview, sendersOf } from "../../../insight/preview/preview.ts";
import { checkJourney, checkTemplate } from "../../../lambdas/domain/checks/check-journey.ts";
import { namedTemplates } from "../../../lambdas/domain/checks/check-references.ts";
import { type Customer, unknownCustomer } from "../../../lambdas/domain/customer/customer.ts";
import { customerChanges } from "../../../lambdas/domain/customer/customer-changes.ts";
import { mergeChanges } from "../../../lambdas/domain/customer/merge-changes.ts";
import { check, type Problem } from "../../../lambdas/domain/documents/problem.ts";
import { members } from "../../../lambdas/domain/documents/unchecked-document.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import type { ComposedTemplate } from "../../../lambdas/domain/messages/render.ts";
import { sharedTextsOf } from "../../../lambdas/domain/messages/shared-text.ts";
import { usesOf } from "../../../lambdas/domain/messages/uses.ts";
import { didYouMean } from "../../../lambdas/domain/values/did-you-mean.ts";
import type { JsonObject } from "../../../lambdas/domain/values/json.ts";
import type { Stack } from "../../../stack/stack.ts";
import { type Test, testMessage } from "../../../stack/test-message.ts";
import { UsageError, unknown } from "../../../stack/usage-error.ts";
import { priceOptions } from "../../cost/prices.ts";
import type { FileProblem } from "../../files/check-files.ts";
import { isThere, readDocument } from "../../files/document.ts";
import { otherLanguageHint } from "../../render/language-title.ts";
import { showPreview } from "../../render/show-preview.ts";
import { skipHint } from "../../render/skip-hint.ts";
import type { CliCommand, Given } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { jsonOption, onStack, stackOption } from "../../terminal/on-stack.ts";
import { showProblems } from "../../terminal/show-problems.ts";

export const renderCommand: CliCommand = {
  options: [
    ["--customer <customer>", "a file { customerId, email, … }, or the id of a customer in the stack"],
    ["--journey <journey>", "a journey, as a file or id: for the sender, name, time zone and the component's data"],
    ["--component <id>", "the component, when several components of the journey send the template"],
    ["--event <file>", "the event that let the customer enter: { data }"],
    ["--language <tag>", "only the message in this language, such as de-AT; without it, the message in every language"],
    ["--send-to <address>", "send the message to this address as a test, through the SES of the stack's account"],
    ["--from <address>", "the sender of the test, when the journey names none"],
    ["--html <file>", "write the HTML to this file"],
    ["--open", "open the message in a browser, in every language"],
    ["--eml <file>", "write the whole message to this file, for a mail program"],
    ...priceOptions,
    stackOption,
    jsonOption,
  ],
  notes:
    "TEMPLATE is a file, or the id of a template in the stack; with files only, no stack is needed. The command decides as the\ndeployed functions do: when the customer would not get the message, it prints the reason and the exit code is 1. The link\nto unsubscribe in this message does not work. Variables without a value are listed on standard error, with --json as missing.\nThe layout and the partials of a file are the files beside it. --html, --eml and --send-to take the language of the customer.\nA test counts for no customer and no journey; its subject begins with [Test].",
  example: "journeys render cart-reminder.json --customer ada.json --event checkout.json --html reminder.html",
  run: async (given, io) => {
    const { options, operands } = given;
    const [name = ""] = operands;
    const { customer, journey, event } = options;
    if (typeof customer !== "string") throw new UsageError(CUSTOMER_FILE);
    const asked = [name, customer, journey].filter((word) => typeof word === "string");
    const facts = typeof event === "string" ? { event: eventFrom(event, io) } : {};
    const isOffline = options.sendTo === undefined && asked.every((word) => isFile(word, io));
    const look = async (stack?: Stack): Promise<ExitCode> => {
      const template = await templateBy(name, io, stack);
      const from = typeof journey === "string" ? await journeyBy(journey, io, stack) : journeyThatSends(template.id);
      const known = await customerBy(customer, io, stack);
      const asked = typeof options.language === "string" ? withLanguage(known, options.language) : known;
      const found = { ...facts, customer: asked, unsubscribeUrl: linkOf(stack) };
      const component = componentOf(from, template.id, options.component);
      const now = new Date().toISOString();
      const to = options.sendTo;
      const show = (customer: Customer) => preview(template, from, component, { ...found, customer }, now);
      if (typeof to !== "string" || !stack) {
        const all = options.language === undefined ? inEveryLanguage(template, known, show) : [];
        const shown = show(asked);
        const hint =
          "skipped" in shown
            ? skipHint(shown.skipped, template.channel, asked)
            : options.language === undefined
              ? undefined
              : otherLanguageHint(languageTags(template), String(options.language));
        const exitCode = await showPreview(shown, all, given, io);
        if (hint !== undefined && options.json !== true) io.err(hint);
        return exitCode;
      }
      const sender = typeof options.from === "string" ? options.from : undefined;
      const test = { template, journey: from, componentId: component, facts: found, to, from: sender, now };
      return sendTest(test, given, stack, io);
    };
    try {
      return await (isOffline ? look() : onStack(given, io, look));
    } catch (error) {
      if (!(error instanceof BrokenDocument)) throw error;
      const { file, problems } = error;
      if (options.json === true) io.out(JSON.stringify({ ok: false, problems }));
      else showProblems(file, problems, io);
      return 1;
    }
  },
};

const CUSTOMER_FILE =
  'Name the customer with --customer FILE, such as { "customerId": "c-1", "email": "a@b.example" }.';

/** A name with a slash or ending in .json is a file, even if the file does not exist. */
const isFile = (name: string, io: Io) => /[/\\]|\.json$/.test(name) || isThere(name, io);

function documentFrom(file: string, io: Io): unknown {
  const read = readDocument(file, io);
  if ("problems" in read) throw new BrokenDocument(file, read.problems);
  return read.value;
}

class BrokenDocument extends Error {
  readonly file: string;
  readonly problems: readonly FileProblem[];

  constructor(file: string, problems: readonly Problem[]) {
    super(file);
    this.file = file;
    this.problems = problems.map((problem) => ({ file, ...problem }));
  }
}

function documentOf(kind: DocumentKind, file: string, io: Io): unknown {
  const value = documentFrom(file, io);
  const found = kindOf(value);
  if (found !== undefined && found !== kind) throw new UsageError(`${file} is a ${found}. Name a ${kind} here.`);
  return value;
}

async function templateBy(name: string, io: Io, stack?: Stack): Promise<ComposedTemplate> {
  const stored = stack && !isFile(name, io) ? await stack.template(name) : undefined;
  const found = !stack || isFile(name, io) ? documentOf("template", name, io) : stored && contentOf(stored);
  if (found === undefined) {
    const known = ((await stack?.templates()) ?? []).map(({ id }) => String(id));
    throw unknown("template", name, didYouMean(name, known));
  }
  const isAlone = usesOf(members(found)).length === 0 || !isFile(name, io);
  const beside = isAlone ? [] : besides(name, io);
  const shared = sharedTextsOf([...((await stack?.sharedTexts()) ?? []).map(contentOf), ...beside]);
  const checked = checkTemplate(found, undefined, shared);
  if ("problems" in checked) throw new BrokenDocument(name, checked.problems);
  return { ...checked.value, shared };
}

/** The layouts and partials in the folder of a file. */
function besides(file: string, io: Io): unknown[] {
  const folder = dirname(file);
  return io.list(folder).flatMap((name) => {
    if (!/\.(layout|partial)\.json$/.test(name)) return [];
    return [documentFrom(join(folder, name), io)];
  });
}

function withLanguage(customer: Customer, language: string): Customer {
  return { ...customer, attributes: { ...customer.attributes, language } };
}

async function journeyBy(name: string, io: Io, stack?: Stack): Promise<Journey> {
  if (stack && !isFile(name, io)) {
    const { liveJourney } = await import("../../../stack/deployed/journey.ts");
    return (await liveJourney(name, stack)).journey;
  }
  const value = documentOf("journey", name, io);
  const checked = checkJourney(value, new Set(namedTemplates(value)));
  if ("problems" in checked) throw new BrokenDocument(name, checked.problems);
  return checked.value;
}

async function customerBy(name: string, io: Io, stack?: Stack): Promise<Customer> {
  if (stack && !isFile(name, io)) {
    const known = await stack.ports.store.customer(name);
    if (known.revision === 0) throw unknown("customer", name, " Nothing was ever heard of them.");
    return known;
  }
  const value = documentFrom(name, io);
  const { customerId = "preview", ...changes } = members(value);
  const what = lookalikeOf(value) ?? (kindOf(value) && `a ${kindOf(value)}`);
  if (what !== undefined && !("customerId" in members(value)))
    throw new UsageError(`${name} is ${what}. ${CUSTOMER_FILE}`);
  const checked = check(customerChanges, changes);
  if ("problems" in checked) throw new BrokenDocument(name, checked.problems);
  return mergeChanges(unknownCustomer(String(customerId)), checked.value as JsonObject, new Date().toISOString(), 0);
}

/** The data of an event in the format of `send`; a file may also contain the data alone. */
function eventFrom(file: string, io: Io): JsonObject {
  const event = members(documentFrom(file, io));
  return members("data" in event ? event.data : event) as JsonObject;
}

function componentOf(journey: Journey, template: string, asked: string | boolean | undefined): string {
  const senders = sendersOf(journey, template);
  const [only, ...others] = senders;
  if (typeof asked === "string") {
    if (senders.includes(asked)) return asked;
    throw new UsageError(
      `No component "${asked}" of "${journey.id}" sends "${template}".${didYouMean(asked, senders)}`,
    );
  }
  if (only === undefined) throw new UsageError(`The journey "${journey.id}" does not send "${template}".`);
  if (others.length > 0) throw new UsageError(`Name one with --component: ${senders.join(", ")}.`);
  return only;
}

function linkOf(stack: Stack | undefined): string {
  return `${stack?.output("UnsubscribeUrl") ?? "https://unsubscribe.example/"}?token=preview`;
}

/** Shows the message of the test, and sends it. */
async function sendTest(test: Test, given: Given, stack: Stack, io: Io): Promise<ExitCode> {
  const found = await testMessage(test, stack);
  if ("problem" in found) throw new UsageError(found.problem);
  if ("skipped" in found) return showPreview(found, [], given, io);
  const refused = await stack.sendTest(found.message);
  if (refused !== undefined) {
    if (given.options.json === true) io.out(JSON.stringify({ ok: false, refused }));
    else io.out(`${io.style("red", "✗")} The test was not sent. SES refused it: ${refused}`);
    return 1;
  }
  const exitCode = await showPreview(found, [], given, io);
  if (given.options.json !== true)
    io.err(`${io.style("green", "✓")} Sent to ${found.message.to ?? ""} as a test. The test counts for no customer.`);
  return exitCode;
}
