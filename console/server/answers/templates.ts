/** Templates, where they are used, and the message that a customer would get. Nothing is sent. */

import { contentOf } from "../../../insight/documents/document-text.ts";
import { textsIn } from "../../../insight/documents/shared-uses.ts";
import { languageTags } from "../../../insight/preview/languages.ts";
import { journeyThatSends, preview, sendersOf } from "../../../insight/preview/preview.ts";
import { textOrTemplate } from "../../../insight/preview/whatsapp-text.ts";
import { checkTemplate } from "../../../lambdas/domain/checks/check-journey.ts";
import { type Customer, unknownCustomer } from "../../../lambdas/domain/customer/customer.ts";
import { mergeChanges } from "../../../lambdas/domain/customer/merge-changes.ts";
import { members } from "../../../lambdas/domain/documents/unchecked-document.ts";
import type { LiveJourney } from "../../../lambdas/domain/journey/catalog.ts";
import type { ComposedTemplate } from "../../../lambdas/domain/messages/render.ts";
import { isSharedKind, sharedTextsOf } from "../../../lambdas/domain/messages/shared-text.ts";
import { reasonText } from "../../../lambdas/domain/reasons/reason-text.ts";
import { EPOCH } from "../../../lambdas/domain/time/time.ts";
import type { JsonObject } from "../../../lambdas/domain/values/json.ts";
import type { Stack } from "../../../stack/stack.ts";
import type { Test } from "../../../stack/test-message.ts";
import type { Rendered, TemplateAnswer, TemplateRow } from "../../api/templates.ts";
import type { Place } from "../../place/place.ts";
import { NotFound } from "./failures.ts";
import { notesOn } from "./message-notes.ts";
import { sharedAnswer } from "./shared-texts.ts";

export async function templateRows(stack: Stack): Promise<TemplateRow[]> {
  const [templates, live] = await Promise.all([stack.templates(), liveJourneys(stack)]);
  return templates.map((template) => {
    const id = String(template.id);
    return {
      id,
      channel: String(template.channel ?? ""),
      class: String(template.class ?? ""),
      says: String(template.subject ?? template.text ?? members(template.whatsapp).template ?? ""),
      usedBy: live.flatMap(({ journey }) => (sendersOf(journey, id).length > 0 ? [journey.id] : [])),
    };
  });
}

interface Asked {
  readonly id?: string;
  readonly customer?: string;
  /** `JOURNEY/COMPONENT`: the component that sends it. */
  readonly sender?: string | undefined;
  /** This language replaces the language of the customer. */
  readonly language?: string | undefined;
}

export async function templateAnswer(asked: Asked, place: Place): Promise<TemplateAnswer> {
  const document = await place.stack.template(asked.id ?? "");
  if (document && isSharedKind(document.kind)) return sharedAnswer(document, place.stack);
  const { about, message } = await prepared(asked, place);
  if (!message) return about;
  const { template, journey, componentId, facts, now } = message;
  return { ...about, preview: rendered(preview(template, journey, componentId, facts, now), place) };
}

export interface Prepared {
  readonly about: Omit<TemplateAnswer, "preview">;
  /** The data of the message; absent while the template has problems. */
  readonly message?: Omit<Test, "to" | "from">;
}

export async function prepared({ id = "", customer = "", sender, language }: Asked, place: Place): Promise<Prepared> {
  const { stack } = place;
  const document = await stack.template(id);
  if (!document) throw new NotFound(`There is no template "${id}".`);
  const live = await liveJourneys(stack);
  const usedBy = live.flatMap(({ journey }) =>
    sendersOf(journey, id).map((componentId) => ({ journeyId: journey.id, name: journey.name, componentId })),
  );
  const shared = sharedTextsOf(await stack.sharedTexts());
  const checked = checkTemplate(document, undefined, shared);
  const uses = textsIn(document, shared);
  const languages = languageTags({ ...(document as unknown as ComposedTemplate), shared });
  if ("problems" in checked)
    return { about: { document: contentOf(document), problems: checked.problems, usedBy, languages, uses } };
  const chosen = usedBy.find((each) => `${each.journeyId}/${each.componentId}` === sender) ?? usedBy[0];
  const journey = live.find((each) => each.journey.id === chosen?.journeyId)?.journey ?? journeyThatSends(id);
  const facts = {
    customer: speaking(language, await customerOf(customer, stack)),
    unsubscribeUrl: `${stack.output("UnsubscribeUrl")}?token=preview`,
    ...(await eventOf(customer, journey.trigger.event, place)),
  };
  const template = { ...checked.value, shared };
  return {
    about: {
      document: contentOf(document),
      problems: checked.warnings,
      usedBy,
      languages,
      uses,
      ...(journey.sender && { from: journey.sender.from }),
    },
    message: { template, journey, componentId: chosen?.componentId ?? "message", facts, now: stack.ports.clock.now() },
  };
}

function rendered(found: ReturnType<typeof preview>, { mails }: Place): Rendered {
  if ("skipped" in found) return { skipped: reasonText(found.skipped) };
  const { subject, html } = found.message;
  const text = textOrTemplate(found.message);
  const notes = notesOn(found.message);
  return {
    ...(subject !== undefined && { subject }),
    ...(text !== undefined && { text }),
    ...(html !== undefined && { mail: mails.keep(html) }),
    ...(notes.length > 0 && { notes }),
    missing: found.missing,
  };
}

async function liveJourneys(stack: Stack): Promise<LiveJourney[]> {
  const pointers = await stack.pointers();
  const live = await Promise.all(pointers.map(({ journeyId }) => stack.ports.journeys.live(journeyId)));
  return live.flatMap((each) => each ?? []);
}

/** The named customer; without a name, a made-up customer with the attributes that most templates use. */
async function customerOf(name: string, stack: Stack): Promise<Customer> {
  if (name === "") {
    const attributes = { firstName: "Ada", email: "ada@mail.example", phone: "+491701234567" };
    return mergeChanges(unknownCustomer("ada"), attributes, EPOCH, 0);
  }
  const known = await stack.ports.store.customer(name);
  if (known.revision === 0) throw new NotFound(`Nothing is stored about a customer "${name}".`);
  return known;
}

function speaking(language: string | undefined, customer: Customer): Customer {
  return language === undefined ? customer : { ...customer, attributes: { ...customer.attributes, language } };
}

/** The data of the customer's newest event of this name. Without such an event: the data of an example's event. */
async function eventOf(
  customer: string,
  event: string | undefined,
  { stack, playground }: Place,
): Promise<{ readonly event?: JsonObject }> {
  if (event === undefined) return {};
  const newest = customer === "" ? undefined : (await stack.ports.store.events(customer, event, EPOCH)).at(-1);
  if (newest) return { event: newest.data };
  const sent = (playground?.now.examples ?? []).flatMap(({ scenario }) => scenario.events ?? []);
  const data = sent.find((each) => each.event === event && each.data !== undefined)?.data;
  return data === undefined ? {} : { event: members(data) as JsonObject };
}
