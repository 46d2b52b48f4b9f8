/**
 * WhatsApp does not always name the sender by the number to which messages were sent. WhatsApp adds a 1 to numbers of
 * Mexico and a 9 to numbers of Argentina, and leaves out the ninth digit of older numbers of Brazil. Without the other
 * forms, a STOP from these countries would reach no customer. Two providers describe the forms, read on 2026-11-28:
 * https://support.gupshup.io/hc/en-us/articles/4407840924953
 * https://support.whapi.cloud/help-desk/specifics-of-sending-messages-to-numbers-of-different-countries
 */
import { canonicalNumber } from "../customer/canonical-number.ts";
import type { Channel } from "../messages/channel.ts";

const otherForms: readonly (readonly [form: RegExp, other: string])[] = [
  [/^\+521(\d{10})$/, "+52$1"],
  [/^\+549(\d{10})$/, "+54$1"],
  [/^\+55(\d{2})([6-9]\d{7})$/, "+55$19$2"],
  [/^\+55(\d{2})9([6-9]\d{7})$/, "+55$1$2"],
];

/** The numbers that the sender of a message may have, the most probable first; empty when the text is no number. */
export function senderNumbers(from: string, channel: Channel): readonly string[] {
  const number = from.trim();
  const forms = channel === "whatsapp" ? otherForms : [];
  const others = forms.flatMap(([form, other]) => (form.test(number) ? [number.replace(form, other)] : []));
  return [number, ...others].flatMap((each) => canonicalNumber(each) ?? []);
}
