/** The message that a template becomes for one customer: checked, composed and decided as in production. */
import { journeyThatSends, preview } from "../../../../insight/preview/preview.ts";
import { checkTemplate } from "../../../../lambdas/domain/checks/check-journey.ts";
import { unknownCustomer } from "../../../../lambdas/domain/customer/customer.ts";
import { sharedTextsOf } from "../../../../lambdas/domain/messages/shared-text.ts";
import type { JsonObject } from "../../../../lambdas/domain/values/json.ts";

const NOW = "2026-01-05T10:00:00.000Z";

/** Throws the reason when the customer does not get the message. */
export function composed(
  document: object,
  customer: JsonObject = {},
  event: JsonObject = {},
  shared = sharedTextsOf([]),
) {
  const checked = checkTemplate({ id: "t", class: "transactional", ...document }, undefined, shared);
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  const attributes = { email: "ada@mail.example", phone: "+491713920001", name: "Ada", ...customer };
  const facts = {
    customer: { ...unknownCustomer("c-1"), attributes },
    event,
    unsubscribeUrl: "https://u.example/?t=1",
  };
  const sender = { from: "Shop <hello@shop.example>" };
  const found = preview({ ...checked.value, shared }, { ...journeyThatSends("t"), sender }, "message", facts, NOW);
  if ("skipped" in found) throw new Error(found.skipped);
  return found.message;
}
