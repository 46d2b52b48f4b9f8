/**
 * The template that is sent, with its layout and the partials that it puts in. A composed template is the same object as
 * long as none of its texts has changed, because it is compiled once.
 */
import type { ComposedTemplate } from "../../domain/messages/render.ts";
import type { SharedTexts } from "../../domain/messages/shared-text.ts";
import type { Template } from "../../domain/messages/template.ts";
import { sharedWith, usesOf } from "../../domain/messages/uses.ts";
import type { Ports } from "../ports.ts";

const composed = new WeakMap<Template, ComposedTemplate>();

export async function composedTemplate(
  templateId: string,
  { templates }: Pick<Ports, "templates">,
): Promise<ComposedTemplate | undefined> {
  const template = await templates.get(templateId);
  if (!template || usesOf(template).length === 0) return template;
  const shared = await sharedWith(template, (id) => templates.shared(id));
  const known = composed.get(template);
  if (known && isSame(known.shared ?? {}, shared)) return known;
  const whole = { ...template, shared };
  composed.set(template, whole);
  return whole;
}

function isSame(one: SharedTexts, other: SharedTexts): boolean {
  const ids = Object.keys(one);
  return ids.length === Object.keys(other).length && ids.every((id) => one[id] === other[id]);
}
